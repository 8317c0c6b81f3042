import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { deskMoves, UnitAtRest } from '#testing';
import { keptIn } from '../kept-records.ts';
import type { ArrivedRequest, RecordHooks, UnitDefinition } from '../unit-definition.ts';
import { arriveBatch } from './arrive-batch.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;
const [type] = deskMoves.requestTypes as [(typeof deskMoves.requestTypes)[0]];

describe('a batch that arrives', () => {
  const arrivals: ArrivedRequest[] = [];
  let refuses = false;
  /** True if a rule that compares with the present holds by the unit's own clock. */
  let holds = true;
  const arrivalsKept: RecordHooks = {
    onArrival: async (_, requests) => {
      arrivals.push(...requests);
      if (refuses) throw new Error('the record cannot be kept');
    },
  };
  const definition: UnitDefinition = {
    ...deskMoves,
    requestTypes: deskMoves.requestTypes.map((one) => ({
      ...one,
      records: keptIn(arrivalsKept, { payload: (payload) => payload, answer: (answer) => answer }),
      rules: [
        { code: 'HasHappened', pointer: '/movesOn', detail: 'it has not happened', holds: () => holds },
      ],
    })),
  };
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(definition, [OWNER, OTHER]);
  });
  afterAll(() => at.stop());

  const deliveries = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      at.delivery({ force: index % 2 === 0 ? OWNER : OTHER, type }),
    );
  const countOf = async (table: string): Promise<number> =>
    (await at.rows(`select count(*)::int as n from ${table}`))[0]?.['n'] as number;

  it('has one effect if several replicas get it at once, and gives each request its own reference', async () => {
    const batch = deliveries(40);
    // Each replica gets it in another order, as after a rebalance.
    await Promise.all(
      [batch, [...batch].reverse(), [...batch.slice(20), ...batch.slice(0, 20)], batch].map((one) =>
        arriveBatch(at.unit, one),
      ),
    );
    expect(await countOf('request')).toBe(40);
    expect(await countOf('task')).toBe(40);
    expect(await countOf('event')).toBe(40);
    expect(await countOf('access_log')).toBe(40);
    expect(arrivals.map(({ id }) => id).sort()).toEqual(batch.map(({ envelope }) => envelope.subject).sort());
    const references = await at.rows('select distinct unit_reference from request');
    expect(references).toHaveLength(40);
    expect(new Set(arrivals.map(({ unitReference }) => unitReference))).toEqual(
      new Set(references.map((row) => row['unit_reference'])),
    );
    expect(await countOf('dead_letter')).toBe(0);
  });

  it('stores the first message of an id, drops its repeats, and keeps a message with other content as a dead letter', async () => {
    const [one, two] = deliveries(2) as [ReturnType<typeof at.delivery>, ReturnType<typeof at.delivery>];
    const place = { ...one.message, offset: 'x' };
    const again = { ...one, message: { ...place, offset: '900001' } };
    const other = {
      envelope: {
        ...one.envelope,
        value: { ...(one.envelope.value as object), forceReference: 'something-else' },
      },
      message: { ...place, offset: '900002' },
    };
    const before = await countOf('request');
    await arriveBatch(at.unit, [one, again, other, two, again]);
    expect(await countOf('request')).toBe(before + 2);
    expect(await at.rows(`select "offset"::int as at, problem ->> 'code' as code from dead_letter`)).toEqual([
      { at: 900002, code: 'reference-conflict' },
    ]);
  });

  it('keeps a conflict, and a reply to an unknown request, with only one free connection', async () => {
    const [one] = deliveries(1) as [ReturnType<typeof at.delivery>];
    await arriveBatch(at.unit, [one]);
    const other = {
      envelope: {
        ...one.envelope,
        value: { ...(one.envelope.value as object), forceReference: 'something-else' },
      },
      message: { ...one.message, offset: '900003' },
    };
    const requestId = newId();
    const value = {
      requestId,
      message: 'Yes',
      repliedAt: new Date().toISOString(),
      repliedBy: `force-${OWNER}`,
    };
    const reply = {
      envelope: {
        ...one.envelope,
        id: newId(),
        subject: requestId,
        type: 'concordat.force-replied.v1',
        value,
      },
      message: { ...one.message, offset: '900004' },
    };
    const busy = await Promise.all(Array.from({ length: 9 }, () => at.unit.database.connect()));
    try {
      await arriveBatch(at.unit, [other, reply]);
    } finally {
      for (const client of busy) client.release();
    }
    const kept = `select problem ->> 'code' as code from dead_letter where "offset" in (900003, 900004) order by "offset"`;
    expect(await at.rows(kept)).toEqual([{ code: 'reference-conflict' }, { code: 'not-found' }]);
  });

  it('stores a request that intake accepted, although it lies in the future by this machine’s clock', async () => {
    const before = await countOf('request');
    holds = false;
    await arriveBatch(at.unit, deliveries(1));
    holds = true;
    expect(await countOf('request')).toBe(before + 1);
  });

  it('stores nothing if a record of the unit refuses it, and everything when it comes again', async () => {
    const batch = deliveries(3);
    const [before, inbox] = [await countOf('request'), await countOf('inbox')];
    refuses = true;
    await expect(arriveBatch(at.unit, batch)).rejects.toThrow('the record cannot be kept');
    expect([await countOf('request'), await countOf('inbox')]).toEqual([before, inbox]);
    refuses = false;
    await arriveBatch(at.unit, batch);
    expect(await countOf('request')).toBe(before + 3);
  });

  it('keeps a message of a force that is not served as unattributed, and shows it to no force', async () => {
    await arriveBatch(at.unit, [at.delivery({ force: 'elsewhere', type, requestId: newId() })]);
    const kept = await at.rows(
      `select owning_force, problem ->> 'code' as code from dead_letter where owning_force = 'unattributed'`,
    );
    expect(kept).toEqual([{ owning_force: 'unattributed', code: 'invalid-request' }]);
    expect(await at.rows(`select 1 from request where owning_force = 'elsewhere'`)).toEqual([]);
  });
});
