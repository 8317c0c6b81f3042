import { describe, expect, it } from '@jest/globals';
import { PayloadCheck } from '#contracts';
import { payloadFaults, type RequestType, type UnitDefinition } from '#unit';
import { mutationsOf } from './mutations.ts';

/** What holds of every request type's declaration, without any part running. */
export function describeRequestTypes(unit: UnitDefinition): void {
  describe.each(unit.requestTypes.map((type) => [type.name, type] as const))(`${unit.slug}: %s`, (_, type) => {
    it('accepts its own examples', () => {
      for (const { payload, answer } of type.examples) {
        expect(payloadFaults(type, new PayloadCheck(type.payload), payload)).toEqual([]);
        expect(new PayloadCheck(type.answer).faults(answer)).toEqual([]);
      }
      expect(type.examples.length).toBeGreaterThanOrEqual(2);
    });

    it('judges damaged payloads and answers alike by the compiled check and by class-validator', () => {
      const judged = { payload: judge(type, 'payload'), answer: judge(type, 'answer') };
      expect({ payload: judged.payload.disagreements, answer: judged.answer.disagreements }).toEqual({ payload: [], answer: [] });
      // A set in which nothing is refused, or everything, would prove nothing.
      for (const { accepted, refused } of Object.values(judged)) {
        expect(accepted).toBeGreaterThan(0);
        expect(refused).toBeGreaterThan(0);
      }
    });

    it('names a source for each clock, or leaves it empty as a setting of the deployment', () => {
      for (const clock of type.clocks) expect(clock.source === '' || clock.source.length > 15).toBe(true);
    });
  });
}

function judge(type: RequestType, part: 'payload' | 'answer'): { disagreements: string[]; accepted: number; refused: number } {
  const check = new PayloadCheck(type[part]);
  const judged = type.examples.flatMap((example) =>
    [...mutationsOf(example[part])].map(({ how, value }) => ({
      how,
      compiled: check.faults(value).length === 0,
      worded: check.worded(value).length === 0,
    })),
  );
  return {
    disagreements: judged
      .filter(({ compiled, worded }) => compiled !== worded)
      .map(({ how, compiled }) => `${how}: compiled ${compiled ? 'accepts' : 'refuses'}`),
    accepted: judged.filter(({ compiled }) => compiled).length,
    refused: judged.filter(({ compiled }) => !compiled).length,
  };
}
