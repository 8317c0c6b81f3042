import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { FAULTS } from './catalogue.ts';
import { INJECTIONS } from './injections.ts';
import { summarise, type Outcome } from './outcome.ts';
import { ForceSide } from '../outside/force-side.ts';
import { randomFrom, seedOfThisRun } from '../trial/random.ts';
import { RunningSystem } from '../outside/running-system.ts';
import { Trial } from '../trial/trial.ts';

/** Several services may recover one after the other, and each consumer group may wait a whole session. */
const TRIAL_MS_MAX = 600_000;
const CLEAN = { lost: [], unexpected: [], duplicate: [], outOfOrder: [], leaked: [], uncounted: [] };
/** `npm run faults` sets these variables. Without them, the rows that every `npm test` runs are chosen. */
const chosen = process.env['FAULT_ROWS']?.split(',').map(Number);
const outcomesFile = process.env['FAULT_OUTCOMES'];
const rows = FAULTS.filter(({ row, everyTest }) => chosen?.includes(row) ?? everyTest);
const seed = seedOfThisRun();
const system = new RunningSystem();
const sides = system.forces.map((force) => new ForceSide(force, system));
let trial: Trial | undefined;

beforeAll(async () => {
  process.stdout.write(`Repeat this load with PROOF_SEED=${seed}\n`);
  await system.untilReady();
}, TRIAL_MS_MAX);
afterEach(async () => {
  await trial?.end();
  trial = undefined;
});
afterAll(async () => {
  await Promise.all(sides.map((side) => side.close()));
  system.close();
});

describe('under load over REST and Kafka, with staff at work in every unit, nothing is lost, duplicated, out of order or leaked', () => {
  it.each(rows)(
    'by row $row: $fault',
    async ({ row }) => {
      const random = randomFrom(seed + row);
      // The fault has its own generator, because the number of draws of the load depends on time.
      const faultRandom = randomFrom(~(seed + row));
      trial = await Trial.begin(system, sides, random, `fault-${row}-${seed}-${Date.now()}`);
      await trial.untilAcknowledged(40);
      let faultEndedAt = Date.now();
      let seen = '';
      let broke: string | undefined;
      try {
        const inject = INJECTIONS[row];
        if (!inject) throw new Error(`row ${row} has no injection`);
        const markFaultEnd = (): void => void (faultEndedAt = Date.now());
        seen = await inject({ system, sides, random: faultRandom, trial, markFaultEnd });
        await trial.untilServed(faultEndedAt);
      } catch (error) {
        broke = (error as Error).message;
      }
      const seconds = (Date.now() - faultEndedAt) / 1_000;
      if (broke === undefined) await trial.untilAcknowledged(40);
      const { ok, resent, ...found } = await trial.finish();
      const outcome: Outcome = {
        row,
        seed,
        submitted: trial.journal.size,
        ok,
        resent,
        found,
        seconds,
        seen,
        broke,
      };
      process.stdout.write(`${summarise(outcome)}\n`);
      if (outcomesFile !== undefined) appendFileSync(outcomesFile, `${JSON.stringify(outcome)}\n`);
      expect(broke).toBeUndefined();
      expect(found).toEqual(CLEAN);
      expect(ok).toBe(outcome.submitted);
    },
    TRIAL_MS_MAX,
  );
});
