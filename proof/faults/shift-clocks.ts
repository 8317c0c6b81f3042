import { fileURLToPath } from 'node:url';
import { eventually } from '#testing';
import { startReplica, type Replica } from '../outside/replica.ts';
import type { Ground } from './fault-environment.ts';

const PRELOAD = fileURLToPath(new URL('shifted-clock.preload.mjs', import.meta.url));
const TWO_HOURS_MS = 2 * 60 * 60_000;
const STEP_AFTER_MS = 20_000;
const LEADS_WITHIN_MS = 60_000;
/** This machine's own clock is the database's: what differs more was told by another. */
const TOLERANCE_MS = 30_000;

/** `CLOCK_SHIFT` of the preload: offset, rate, step and when it comes. */
const shift = (offsetMs: number, rate = 1, stepMs = 0): Record<string, string> => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  CLOCK_SHIFT: [offsetMs, rate, stepMs, STEP_AFTER_MS].join(' '),
});

/**
 * A replica of intake two hours ahead, and replicas of units two hours behind, at double rate and with a step amid the load,
 * beside those that are right. Every time that a force is told must be the database's.
 */
export async function shiftClocks({ system, sides, trial, over }: Ground): Promise<string> {
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
    // The lead of the relay passes to those whose clocks are wrong.
    const killed = [...replicas.keys()].map((service) => system.kill(service));
    await Promise.all([...replicas.values()].map(untilLeading));
    for (const { untilBack } of killed) await untilBack();
    await trial.untilAcknowledged(100);
    const refused = await refusalsOfTokens(sides, replicas.get('intake') as Replica);
    const told = await timesTold(sides, trial);
    over();
    return `${told} times told, all the database's; the shifted relays led; the intake that is two hours ahead refused ${refused} tokens`;
  } finally {
    over();
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
  await eventually(leads, { withinMs: LEADS_WITHIN_MS, says: `the lead of ${url}` });
}

/** Tokens live for minutes: to a clock two hours ahead every one has expired, and it must say so rather than guess. */
async function refusalsOfTokens(sides: Ground['sides'], { url }: Replica): Promise<number> {
  const answers = await Promise.all(sides.map((side) => side.get('/v1/requests?limit=1', url)));
  const wrong = answers.find(({ status }) => status !== 401);
  if (wrong)
    throw new Error(
      `an intake whose clock is two hours ahead answered ${wrong.status} to a token that has expired by it`,
    );
  return answers.length;
}

async function timesTold(sides: Ground['sides'], trial: Ground['trial']): Promise<number> {
  const earliest = Date.parse(trial.startedAt) - TOLERANCE_MS;
  const latest = Date.now() + TOLERANCE_MS;
  const times: string[] = [];
  for (const side of sides) {
    const list = await side.list(trial.startedAt);
    const ours = new Set(list.map(({ id }) => id));
    times.push(...list.map(({ receivedAt }) => receivedAt));
    for (const { requestId, data } of await side.topic()) {
      if (ours.has(requestId ?? '') && typeof data['at'] === 'string') times.push(data['at']);
    }
  }
  const wrong = times.find((time) => Date.parse(time) < earliest || Date.parse(time) > latest);
  if (wrong !== undefined) throw new Error(`a force was told ${wrong}, which no right clock showed`);
  return times.length;
}
