import { setMaxListeners } from 'node:events';
import { attach, NotStarted, runFileOf, StaffClient } from '#client';
import { loadUnitDefinitions } from '#unit';
import { takesInsecureIssuer } from '#web';
import { ForceKafka } from './attach/force-kafka.ts';
import { forceSystem } from './attach/force-system.ts';
import { jsonLog } from './json-log.ts';
import { changeMind, replyToQuestions, submitOne } from './work/force-at-work.ts';
import { InventedWork } from './work/invented-work.ts';
import { repeatedly } from './work/shift.ts';
import { caseworkerTurn, DAILY_HABITS, decisionMakerTurn, isSimulated } from './work/staff-at-work.ts';

/** Each force sends a request about every eight seconds, so that queues move and a laptop stays cool. */
const FORCE_PACE = { meanMs: 8_000 };
/** Each force sends these at once, so that a visitor need not wait for the first requests. */
const FIRST_REQUESTS = 10;
const REPLY_PACE = { meanMs: 15_000 };
const SECOND_THOUGHTS_PACE = { meanMs: 60_000 };
const CASEWORKER_PACE = { meanMs: 6_000 };
const DECISION_PACE = { meanMs: 20_000 };
const LIMITS = { giveUpAfterMs: 60_000 };

try {
  await simulate();
} catch (error) {
  if (!(error instanceof NotStarted)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/**
 * Simulates three forces' systems and the units' staff until a signal, through the public interfaces only.
 */
async function simulate(): Promise<void> {
  const stack = await attach(runFileOf(process.argv.slice(2), process.env));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const { signal } = stop;
  // Every simulated person listens to the signal, so the warning at eleven listeners would be noise.
  setMaxListeners(0, signal);
  const limits = { ...LIMITS, signal };

  const invented = new InventedWork(await loadUnitDefinitions(Object.keys(stack.urls.units)));
  const systems = Object.keys(stack.forces).map((force) => forceSystem(force, stack, limits));
  const insecureIssuer = takesInsecureIssuer(process.env);
  const staff = Object.keys(stack.staff).map((clientId) =>
    StaffClient.of(stack, clientId, { insecureIssuer }),
  );
  const kafka = new Map<string, ForceKafka>();
  jsonLog('info', 'started', {
    forces: systems.map(({ force }) => force),
    staff: staff.map(({ clientId }) => clientId),
  });

  await Promise.all(
    systems.map(async (system) => {
      for (let sent = 0; sent < FIRST_REQUESTS && !signal.aborted; sent += 1)
        await submitOne(system, undefined, invented).catch(() => undefined);
    }),
  );
  await Promise.all([
    ...systems.map(({ force }) =>
      // Connecting is a turn as well, so an unreachable broker is tried again while REST continues.
      repeatedly(`${force} kafka`, { meanMs: 30_000 }, signal, async () => {
        if (!kafka.has(force)) kafka.set(force, await ForceKafka.connect(force, stack));
      }),
    ),
    ...systems.map((system) =>
      repeatedly(`${system.force} requests`, FORCE_PACE, signal, () =>
        submitOne(system, kafka.get(system.force), invented),
      ),
    ),
    ...systems.map((system) =>
      repeatedly(`${system.force} replies`, REPLY_PACE, signal, () =>
        replyToQuestions(system, kafka.get(system.force)),
      ),
    ),
    ...systems.map((system) =>
      repeatedly(`${system.force} second thoughts`, SECOND_THOUGHTS_PACE, signal, () => changeMind(system)),
    ),
    ...staff
      .filter(({ clientId }) => isSimulated(clientId))
      .map((person) =>
        repeatedly(person.clientId, CASEWORKER_PACE, signal, () =>
          caseworkerTurn(person, invented, DAILY_HABITS),
        ),
      ),
    ...staff
      .filter(({ role }) => role === 'decision-maker')
      .map((person) =>
        repeatedly(person.clientId, DECISION_PACE, signal, () => decisionMakerTurn(person, DAILY_HABITS)),
      ),
  ]);
  for (const person of staff) person.close();
  await Promise.all([...kafka.values()].map((connection) => connection.close().catch(() => undefined)));
  jsonLog('info', 'stopped');
}
