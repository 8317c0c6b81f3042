import pg from 'pg';
import type { ForceSide, RequestSeen } from './force-side.ts';
import type { RunningSystem } from './running-system.ts';

/** The number of requests of each force that every other force asks for. */
const REQUESTS_ASKED_FOR = 2;
type ListsByForce = ReadonlyMap<string, readonly RequestSeen[]>;

/**
 * Tries to read what belongs to others: as each force with known ids, as staff of another unit, and as each
 * service's database role. Returns a sentence for everything that was shown.
 */
export async function findLeaks(
  system: RunningSystem,
  sides: readonly ForceSide[],
  lists: ListsByForce,
): Promise<string[]> {
  const shown: string[] = [];
  for (const side of sides) shown.push(...(await findLeaksToForce(side, lists)));
  shown.push(...(await findLeaksToStaff(system, lists)));
  for (const service of ['intake', ...system.units]) shown.push(...(await findLeaksToRole(system, service)));
  return shown;
}

async function findLeaksToForce(side: ForceSide, lists: ListsByForce): Promise<string[]> {
  const shown: string[] = [];
  for (const [force, list] of lists) {
    if (force === side.force) continue;
    for (const { id, reference } of list.slice(-REQUESTS_ASKED_FOR)) {
      const at = `/v1/requests/${id}`;
      const answers = [
        ['GET', await side.get(at)] as const,
        ['withdraw', await side.post(`${at}/withdraw`, { reason: 'Not ours.' })] as const,
      ];
      for (const [what, { status }] of answers) {
        if (status !== 404) shown.push(`${side.force} gets ${status} for ${reference} of ${force} (${what})`);
      }
      if ((await side.find(reference)) !== undefined)
        shown.push(`${side.force} finds ${reference} of ${force}`);
    }
  }
  return shown;
}

/** Tries to read the requests of one unit as staff of another unit. */
async function findLeaksToStaff(system: RunningSystem, lists: ListsByForce): Promise<string[]> {
  const shown: string[] = [];
  const requests = [...lists.values()].flat();
  for (const unit of system.units) {
    for (const [other, url] of Object.entries(system.run().urls.units)) {
      const request = requests.find((one) => one.unit === other);
      if (other === unit || !request) continue;
      const there = await system.staff(unit, 'supervisor', url).call(`/v1/requests/${request.id}`);
      if (there.status !== 401) shown.push(`staff of ${unit} get ${there.status} from ${other}`);
      const here = await system.staff(unit, 'supervisor').call(`/v1/requests/${request.id}`);
      if (here.status !== 404)
        shown.push(`staff of ${unit} get ${here.status} for ${request.reference} of ${other}`);
    }
  }
  return shown;
}

/** Looks for rows of other forces, as the service's role, without a force set and with each force set. */
export async function findLeaksToRole(system: RunningSystem, service: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: system.applicationUrl(service) });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'owning_force' order by 1`,
    );
    if (!tables.some(({ name }) => name === 'request'))
      throw new Error(`${service} has no table of requests with an owning force`);
    const shown: string[] = [];
    for (const force of ['', ...system.forces]) {
      await client.query('begin');
      await client.query(`select set_config('concordat.forces', $1, true)`, [force]);
      for (const { name } of tables) {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from ${name} where owning_force <> $1`,
          [force],
        );
        const n = rows[0]?.n ?? 0;
        if (n > 0)
          shown.push(
            `${service}: ${force === '' ? 'a transaction without a force' : `a transaction of ${force}`} sees ${n} rows of other forces in ${name}`,
          );
      }
      await client.query('rollback');
    }
    return shown;
  } finally {
    await client.end();
  }
}
