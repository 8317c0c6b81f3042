import pg from 'pg';
import type { ForceSide, RequestSeen } from './force-side.ts';
import type { RunningSystem } from './running-system.ts';

/** Of each force, asked for by every other. */
const ASKED = 2;
type Lists = ReadonlyMap<string, readonly RequestSeen[]>;

/** Asks everybody for what is not theirs: forces by known ids, staff at another unit's desk, each service's database role. Returns what was shown. */
export async function shownAcrossForces(
  system: RunningSystem,
  sides: readonly ForceSide[],
  lists: Lists,
): Promise<string[]> {
  const shown: string[] = [];
  for (const side of sides) shown.push(...(await shownToForce(side, lists)));
  shown.push(...(await shownToStaff(system, lists)));
  for (const service of ['intake', ...system.units]) shown.push(...(await shownToRole(system, service)));
  return shown;
}

async function shownToForce(side: ForceSide, lists: Lists): Promise<string[]> {
  const shown: string[] = [];
  for (const [force, list] of lists) {
    if (force === side.force) continue;
    for (const { id, reference } of list.slice(-ASKED)) {
      const at = `/v1/requests/${id}`;
      const answers = [
        ['GET', await side.get(at)] as const,
        ['withdraw', await side.post(`${at}/withdraw`, { reason: 'Not ours.' })] as const,
      ];
      for (const [what, { status }] of answers) {
        if (status !== 404)
          shown.push(`${side.force} is answered ${status} about ${reference} of ${force} (${what})`);
      }
      if ((await side.find(reference)) !== undefined)
        shown.push(`${side.force} finds ${reference} of ${force}`);
    }
  }
  return shown;
}

/** A unit sees what every force asked of it, and nothing that was asked of another unit. */
async function shownToStaff(system: RunningSystem, lists: Lists): Promise<string[]> {
  const shown: string[] = [];
  const requests = [...lists.values()].flat();
  for (const unit of system.units) {
    for (const [other, url] of Object.entries(system.run().urls.units)) {
      const request = requests.find((one) => one.unit === other);
      if (other === unit || !request) continue;
      const there = await system.staff(unit, 'supervisor', url).call(`/v1/requests/${request.id}`);
      if (there.status !== 401) shown.push(`staff of ${unit} are answered ${there.status} by ${other}`);
      const here = await system.staff(unit, 'supervisor').call(`/v1/requests/${request.id}`);
      if (here.status !== 404)
        shown.push(`staff of ${unit} are answered ${here.status} about ${request.reference} of ${other}`);
    }
  }
  return shown;
}

/** What the role that a service runs as sees without a force set, and with one set of the others. */
export async function shownToRole(system: RunningSystem, service: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: system.applicationUrl(service) });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'owning_force' order by 1`,
    );
    if (!tables.some(({ name }) => name === 'request'))
      throw new Error(`${service} has no requests of any force`);
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
            `${service}: ${force === '' ? 'a transaction of nobody' : `a transaction of ${force}`} sees ${n} rows of others in ${name}`,
          );
      }
      await client.query('rollback');
    }
    return shown;
  } finally {
    await client.end();
  }
}
