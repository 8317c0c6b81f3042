import { fileURLToPath } from 'node:url';
import { eventually } from '#testing';
import { startReplica, type Replica } from '../outside/replica.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const PRELOAD = fileURLToPath(new URL('shifted-clock.preload.mjs', import.meta.url));
const TWO_HOURS_MS = 2 * 60 * 60_000;
const STEP_AFTER_MS = 20_000;
const LEADS_WITHIN_MS = 60_000;
/** The database uses this machine's clock. A time that differs more comes from a shifted clock. */
const TOLERANCE_MS = 30_000;

/**
 * Builds the environment of the preload. `CLOCK_SHIFT` holds offset, rate, step and the delay of the step.
 */
const shift = (offsetMs: number, rate = 1, stepMs = 0): Record<string, string> => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  CLOCK_SHIFT: [offsetMs, rate, stepMs, STEP_AFTER_MS].join(' '),
});

/**
 * Adds replicas with wrong clocks: intake two hours ahead, and units two hours behind, at double speed and
 * with a step under load. Every time that a force receives must be the database's time.
 */
export async function shiftClocks({ system, sides, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const [behind, fast, stepping] = system.units as [string, string, string];
  const shifts: readonly [service: string, env: Record<string, string>][] = [
    ['intake', shift(TWO_HOURS_MS)],
    [behind, shift(-TWO_HOURS_MS)],
    [fast, shift(0, 2)],
    [stepping, shift(0, 1, TWO_HOURS_MS)],
  ];
  const replicas = new Map<string, Replica>();
  try {
    for (const [service, env] of shifts) replicas.set(service, await startReplica(system, service, { env }));
    await Promise.all([...replicas.values()].map((replica) => replica.untilReady()));
    // The replicas with wrong clocks become the leaders of their relays.
    const killed = [...replicas.keys()].map((service) => system.kill(service));
    await Promise.all([...replicas.values()].map(untilLeading));
    for (const { untilBack } of killed) await untilBack();
    await trial.untilAcknowledged(100);
    const refused = await countRefusedTokens(sides, replicas.get('intake') as Replica);
    const times = await checkTimes(sides, trial);
    markFaultEnd();
    return `${times} times in events and lists, all from the database; the relays with wrong clocks led; the intake two hours ahead refused ${refused} tokens`;
  } finally {
    markFaultEnd();
    await Promise.all([...replicas.values()].map((replica) => replica.stop()));
  }
}

async function untilLeading({ url }: Replica): Promise<void> {
  const leads = async (): Promise<boolean> => {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as {
      checks: Record<string, { detail?: string }>;
    };
    return checks['relay']?.detail?.startsWith('leading') ?? false;
  };
  await eventually(leads, { withinMs: LEADS_WITHIN_MS, says: `the relay of ${url} as leader` });
}

/**
 * Tokens are valid for minutes, so a clock two hours ahead must see every token as expired and answer 401.
 */
async function countRefusedTokens(sides: FaultEnvironment['sides'], { url }: Replica): Promise<number> {
  const answers = await Promise.all(sides.map((side) => side.get('/v1/requests?limit=1', url)));
  const wrong = answers.find(({ status }) => status !== 401);
  if (wrong)
    throw new Error(
      `an intake two hours ahead answered ${wrong.status} to a token that has expired by its clock`,
    );
  return answers.length;
}

/** Checks every time that the forces received during the trial, and returns how many there were. */
async function checkTimes(
  sides: FaultEnvironment['sides'],
  trial: FaultEnvironment['trial'],
): Promise<number> {
  const earliest = Date.parse(trial.startedAt) - TOLERANCE_MS;
  const latest = Date.now() + TOLERANCE_MS;
  const times: string[] = [];
  for (const side of sides) {
    const list = await side.list(trial.startedAt);
    const ours = new Set(list.map(({ id }) => id));
    times.push(...list.map(({ receivedAt }) => receivedAt));
    for (const { requestId, data } of await side.readEventsTopic()) {
      if (ours.has(requestId ?? '') && typeof data['at'] === 'string') times.push(data['at']);
    }
  }
  const wrong = times.find((time) => Date.parse(time) < earliest || Date.parse(time) > latest);
  if (wrong !== undefined)
    throw new Error(`a force received the time ${wrong}, which no correct clock showed`);
  return times.length;
}
