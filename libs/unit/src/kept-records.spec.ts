import { describe, expect, it } from '@jest/globals';
import { Text } from '#contracts';
import type { PoolClient } from '#persistence';
import { requestType } from './define-unit.ts';
import { keptIn, UnitRecords } from './kept-records.ts';
import { answerFault } from './payload-rules.ts';
import type { ArrivedRequest, Fields, RecordHooks, RequestType } from './unit-definition.ts';

class Move {
  @Text({ max: 9 }) desk!: string;
}
class MoveNow {
  @Text({ max: 9 }) table!: string;
}
class Outcome {
  @Text({ max: 9 }) said!: string;
}

const calls: unknown[] = [];
const noted = (hook: string, batch: readonly { readonly payload: string }[]): void => {
  calls.push([hook, ...batch.map(({ payload }) => payload)]);
};
const furniture: RecordHooks<string, string, { readonly shelf: string }> = {
  onArrival: async (_, requests) => noted('arrival', requests),
  answerFaults: async (_, answered) =>
    answered.map(({ answer }) =>
      answer === 'bad' ? [answerFault<Outcome>('said', 'Records', 'found by the records')] : [],
    ),
  onAnswer: async (_, answered) => {
    noted(
      'answer',
      answered.map(({ request }) => request),
    );
    return answered.map(({ request, answer }) => ({ shelf: `${request.payload}: ${answer}` }));
  },
  onCaughtUp: async (_, told) => {
    calls.push(['told', ...told.map(({ answer, added }) => `${answer} on ${String(added.shelf)}`)]);
  },
  read: async (_, request) => ({ of: request.payload }),
};
const others: RecordHooks<string, string> = {
  onArrival: async (_, requests) => noted('other arrival', requests),
  onAnswer: async (_, answered) => answered.map(() => ({})),
};

const common = {
  title: 'Move',
  decision: 'one-person',
  lawEnforcement: false,
  risk: 1,
  clocks: [
    {
      name: 'move',
      title: 'Move',
      kind: 'working-days',
      amount: 1,
      pausable: false,
      metBy: 'answered',
      source: '',
    },
  ],
} as const;
const ofMove = {
  ...common,
  subject: ({ desk }: Move) => [desk],
  version: 1,
  examples: [{ payload: { desk: 'a' }, answer: { said: 'done' } }],
};
const desk = requestType(Move, Outcome, {
  ...ofMove,
  name: 'desk',
  answerFaults: ({ said }, payload) =>
    said === 'bad' ? [answerFault<Outcome>('said', 'Type', `found by the type for ${payload.desk}`)] : [],
  records: keptIn(furniture, { payload: (payload) => payload.desk, answer: ({ said }) => said }),
});
const deskAnew = requestType(MoveNow, Outcome, {
  ...common,
  name: 'desk',
  version: 2,
  subject: ({ table }) => [table],
  examples: [{ payload: { table: 'a' }, answer: { said: 'done' } }],
  records: keptIn(furniture, { payload: ({ table }) => table, answer: ({ said }) => said }),
});
const chair = requestType(Move, Outcome, {
  ...ofMove,
  name: 'chair',
  records: keptIn(others, { payload: (payload) => payload.desk, answer: ({ said }) => said }),
});
const unrecorded = requestType(Move, Outcome, { ...ofMove, name: 'lamp' });

const client = {} as PoolClient;
const request = (
  { name, version }: Pick<RequestType, 'name' | 'version'>,
  payload: Fields,
): ArrivedRequest => ({
  id: '1',
  owningForce: 'north',
  type: name,
  version,
  unitReference: 'MOV-26-000001',
  forceReference: 'N-1',
  payload,
  receivedAt: '2026-03-02T09:00:00Z',
});
const batch = [
  request(chair, { desk: 'c' }),
  request(deskAnew, { table: 't' }),
  request(unrecorded, { desk: 'l' }),
  request(desk, { desk: 'd' }),
];
const answered = (said: string) => batch.map((one) => ({ request: one, answer: { said } }));

describe('the records of a unit', () => {
  const records = new UnitRecords([desk, deskAnew, chair, unrecorded]);

  it('are called once per batch for the types and versions that share them, in the order of the types', async () => {
    calls.length = 0;
    await records.onArrival(client, batch);
    expect(calls).toEqual([
      ['arrival', 't', 'd'],
      ['other arrival', 'c'],
    ]);
  });

  it('add their fields to each answer', async () => {
    calls.length = 0;
    expect(await records.onAnswer(client, answered('moved'))).toEqual([
      {},
      { shelf: 't: moved' },
      {},
      { shelf: 'd: moved' },
    ]);
    expect(calls).toEqual([['answer', 't', 'd']]);
  });

  it('find faults in an answer after those of its type', async () => {
    const faults = await records.answerFaults(client, answered('bad'));
    expect(faults.map((found) => found.map(({ code }) => code))).toEqual([
      [],
      ['Records'],
      [],
      ['Type', 'Records'],
    ]);
  });

  it('are read by the type and version of the request, and not for a type that is no longer declared', async () => {
    const read = await Promise.all(batch.map((one) => records.read(client, one)));
    expect(read).toEqual([null, { of: 't' }, null, { of: 'd' }]);
    expect(await records.read(client, request({ name: 'gone', version: 1 }, {}))).toBeNull();
  });

  it('write a published answer again, or report that people must do it', async () => {
    calls.length = 0;
    const answer = { said: 'moved', shelf: 'north' };
    const gone = request({ name: 'gone', version: 1 }, {});
    const written = await Promise.all(
      [...batch, gone].map((one) => records.onCaughtUp(client, { request: one, answer })),
    );
    expect(written).toEqual([false, true, true, true, false]);
    expect(calls).toEqual([
      ['told', 'moved on north'],
      ['told', 'moved on north'],
    ]);
  });
});
