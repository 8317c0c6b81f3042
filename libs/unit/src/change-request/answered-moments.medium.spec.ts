import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Instant } from '#contracts';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { changeRequest } from './change-request.ts';

const OWNER = 'north';
const caller: StaffCaller = {
  kind: 'staff',
  person: 'me',
  name: 'Me',
  unit: deskMoves.slug,
  role: 'caseworker',
  forces: [OWNER],
};
const [declared] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];

class Moved {
  @Instant({ past: true }) begunAt!: string;
  @Instant({ past: true, notBefore: 'begunAt' }) doneAt!: string;
}

const EXAMPLE = {
  payload: declared.examples[0]?.payload ?? {},
  answer: { begunAt: '2026-03-02T09:00:00Z', doneAt: '2026-03-02T10:00:00Z' },
};
const [answered, proposed] = [
  { ...declared, name: 'answered-move', answer: Moved, examples: [EXAMPLE], decision: 'one-person' as const },
  {
    ...declared,
    name: 'proposed-move',
    answer: Moved,
    examples: [EXAMPLE],
    decision: 'second-person' as const,
  },
];

describe('an answer with moments in the future or out of order', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start({ ...deskMoves, requestTypes: [answered, proposed] }, [OWNER]);
  });
  afterAll(() => at.stop());

  it.each([
    ['answer', answered],
    ['propose', proposed],
  ] as const)(
    'is refused with each pointer when staff %s it, and accepted once it is right',
    async (command, type) => {
      const [id] = (await at.arrive({ force: OWNER, type })) as [string];
      await changeRequest(at.unit, { caller, reference: id, command: 'claim', version: 1, body: undefined });
      const give = (answer: object) =>
        changeRequest(at.unit, { caller, reference: id, command, version: 2, body: { answer } });
      await expect(
        give({ begunAt: '2199-02-01T00:00:00Z', doneAt: '2199-01-01T00:00:00Z' }),
      ).rejects.toMatchObject({
        problem: {
          status: 422,
          errors: [
            { pointer: '/answer/begunAt', code: 'BegunAtHasHappened' },
            { pointer: '/answer/doneAt', code: 'DoneAtHasHappened' },
            { pointer: '/answer/doneAt', code: 'DoneAtIsNotBeforeBegunAt' },
          ],
        },
      });
      expect(await give(EXAMPLE.answer)).toMatchObject({ version: 3 });
    },
  );
});
