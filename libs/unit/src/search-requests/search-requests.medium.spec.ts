import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OneOf, Text } from '#contracts';
import { newId } from '#kernel';
import { UnitAtRest } from '#testing';
import type { StaffCaller } from '#web';
import { arriveBatch } from '../arrive/arrive-batch.ts';
import { changeRequest } from '../change-request/change-request.ts';
import type { StaffCommand } from '../change-request/change-body.ts';
import { defineUnit, requestType } from '../define-unit.ts';
import { keptIn } from '../kept-records.ts';
import type { RecordHooks } from '../unit-definition.ts';
import { listQueue } from '../list-queue/list-queue.ts';
import { readRequest } from '../read-request/read-request.ts';
import { readSearchQuery } from './search-query.ts';
import { searchRequests } from './search-requests.ts';

const FORCES = ['north', 'south'];
const [NORTH, SOUTH] = FORCES as [string, string];

class Parcel {
  @Text({ max: 40, title: 'Parcel number', searched: 'code' }) number!: string;
  @Text({ max: 120, title: 'Recipient', searched: 'words', correctable: 'until-decided' }) recipient!: string;
  @Text({ max: 2000, title: 'Description', searched: 'words', correctable: 'until-decided' })
  description!: string;
  @Text({ max: 120, title: 'Witness' }) witness!: string;
}
class Delivered {
  @OneOf(['delivered', 'returned']) outcome!: string;
  @Text({ max: 20, title: 'Shelf', searched: 'code' }) shelf!: string;
}
const tags: RecordHooks<object, object, { readonly tag: string }> = {
  onAnswer: (_client, answered) => Promise.resolve(answered.map(() => ({ tag: 'TAG/77-1' }))),
  searchedAnswer: { tag: 'Tag' },
};
const common = {
  version: 1,
  decision: 'one-person',
  risk: 1,
  clocks: [
    {
      name: 'deliver',
      title: 'Deliver',
      kind: 'elapsed-hours',
      amount: 48,
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  subject: ({ number, description }: Parcel) => [number, description],
  records: keptIn(tags, { payload: () => ({}), answer: () => ({}) }),
  examples: [
    {
      payload: { number: 'PA-1', recipient: 'A. Example', description: 'A box', witness: 'Zed' },
      answer: { outcome: 'delivered', shelf: 'S 9' },
    },
  ],
} as const;
const parcels = defineUnit({
  slug: 'parcels',
  functionId: 'F3',
  title: 'Parcels',
  referencePrefix: 'PAR',
  requestTypes: [
    requestType(Parcel, Delivered, { ...common, name: 'parcel', title: 'Parcel', lawEnforcement: false }),
    requestType(Parcel, Delivered, { ...common, name: 'seized', title: 'Seized', lawEnforcement: true }),
  ],
});
const [parcel, seized] = parcels.requestTypes as [
  (typeof parcels.requestTypes)[0],
  (typeof parcels.requestTypes)[0],
];

function caller(...forces: readonly string[]): StaffCaller {
  return { kind: 'staff', person: 'ana', name: 'Ana', unit: parcels.slug, role: 'caseworker', forces };
}

describe('a search', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(parcels, FORCES);
  });
  afterAll(() => at.stop());

  const search = (q: string, { forces = [NORTH], limit = 50 } = {}) =>
    searchRequests(at.unit, caller(...forces), readSearchQuery({ q, limit: String(limit) }));
  const found = async (q: string, options?: { forces?: string[]; limit?: number }): Promise<string[]> =>
    (await search(q, options)).items.map(({ id }) => id);
  const arrive = async (payload: object, { force = NORTH, type = parcel, forceReference = newId() } = {}) => {
    const payloadOfIt = {
      number: newId(),
      recipient: 'Nobody',
      description: 'Nothing',
      witness: 'Zed',
      ...payload,
    };
    const [id] = (await at.arrive({ force, type, payload: payloadOfIt, forceReference })) as [string];
    return id;
  };
  const staff = async (id: string, ...commands: readonly (readonly [StaffCommand, object?])[]) => {
    for (const [version, [command, body]] of commands.entries())
      await changeRequest(at.unit, {
        caller: caller(NORTH),
        reference: id,
        command,
        version: version + 1,
        body,
      });
  };
  const correct = (requestId: string, payload: object) => {
    const { envelope, message } = at.delivery({ force: NORTH, type: parcel, requestId });
    const value = {
      requestId,
      changeId: newId(),
      payload,
      reason: 'Mistyped',
      requestedAt: new Date().toISOString(),
      requestedBy: 'force-north',
    };
    return arriveBatch(at.unit, [
      { envelope: { ...envelope, type: 'concordat.correction-requested.v1', value }, message },
    ]);
  };

  it('finds the number of a reference alone, before newer requests that have the number elsewhere', async () => {
    // The first request of a year makes its counter.
    await arrive({});
    await at.rows('update reference_counter set last = 1700');
    const first = await arrive({});
    const newer = await arrive({ number: '1701-9', description: '1701 boxes' });
    for (const number of ['1701', '01701', '001701']) {
      const { items } = await search(number);
      expect([number, items[0]?.id, items[0]?.matched]).toEqual([number, first, 'Reference']);
    }
    expect(await found('1701')).toEqual([first, newer]);
    expect(await found('1701', { limit: 1 })).toEqual([first]);
    await at.rows('update reference_counter set last = 2');
    expect(await found('3')).toEqual([]);
    const third = await arrive({});
    expect(await found('3')).toEqual([third]);
    expect(await found('3', { forces: [SOUTH] })).toEqual([]);
    await at.rows('update reference_counter set last = 2000');
  });

  it('finds the reference of the unit and of the force, as people type them', async () => {
    const id = await arrive({}, { forceReference: 'BCH/2026-00 42' });
    const [{ reference }] = (await at.rows('select unit_reference as reference from request where id = $1', [
      id,
    ])) as [{ reference: string }];
    const [, year, serial] = reference.split('-') as [string, string, string];
    for (const q of [
      reference,
      reference.toLowerCase(),
      reference.replaceAll('-', ' '),
      reference.replaceAll('-', ''),
      `PAR ${year} ${Number(serial)}`,
      `par-${year}-${Number(serial)}`,
      'BCH/2026-00 42',
      'bch20260042',
      'bch 2026',
    ])
      expect([q, await found(q)]).toEqual([q, [id]]);
    expect((await search(reference)).items[0]?.matched).toBe('Reference');
    expect((await search('bch20260042')).items[0]?.matched).toBe("Force's reference");
  });

  it.each([
    ['a name without its diacritics', 'Łukasz Müller-Ångström', 'lukasz muller angstrom'],
    ['a name with diacritics that the force left out', 'Zoe Nunez', 'Zoë Núñez'],
    ['a decomposed name', 'Rene\u0301e', 'Renée'],
    ['a name with an apostrophe', 'Siobhán O’Brien', "o'brien siobhan"],
    ['a name written from right to left', 'דוד בן־גוריון', 'גוריון דוד'],
    ['a name with vowel points', 'שָׁלוֹם', 'שלום'],
    ['an Arabic name', 'محمد الإدريسي', 'محمد'],
    ['a name with direction marks', '\u200fنور\u200e Haddad', 'نور haddad'],
    ['a Greek name in capitals', 'ΟΔΥΣΣΕΥΣ Παππάς', 'οδυσσεύς παππας'],
    ['a sharp s', 'Großmann', 'GROSSMANN'],
    ['a name of wide letters', 'Ｙａｍａｄａ 太郎', 'yamada 太郎'],
    ['a name beyond the basic plane', '𠮷田 Kenji', '𠮷田'],
    ['a quoted name', `"Bobby'); drop table task; --"`, `bobby'); drop table task;--`],
    ['a name with a percent sign and a backslash', '100% Wool\\Felt', 'wool\\felt'],
  ])('finds %s', async (_what, recipient, q) => {
    const id = await arrive({ recipient });
    expect(await found(q)).toEqual([id]);
  });

  it.each(['%', '_', '\\', "'", '\0', '"', '::', '🚓', 'a', '', '\ud800'])(
    'refuses %j, which has no word',
    (q) => {
      expect(() => readSearchQuery({ q })).toThrow('The query is not valid');
    },
  );

  it.each(['wo%y', 'w__lly', 'wool\\', 'wo\0lly'])('gives %j no special meaning', async (q) => {
    await arrive({ recipient: 'Woolly Plain' });
    expect(await found(`${q} plain`)).toEqual([]);
  });

  it('reads a NUL, quotes and signs as gaps between words', async () => {
    const id = await arrive({ recipient: 'Gap Finder' });
    for (const q of ['gap\0finder', 'gap"finder', 'gap%finder%', '(gap) \\finder'])
      expect(await found(q)).toEqual([id]);
  });

  it('needs every word: whole, and the last one from its beginning of two letters', async () => {
    const id = await arrive({ recipient: 'Quentin Quince', description: 'Yellow ukulele in a crate' });
    await arrive({ recipient: 'Quentin Other', description: 'Yellow lamp' });
    expect(await found('quentin ukulele')).toEqual([id]);
    expect(await found('yellow quentin uk')).toEqual([id]);
    expect(await found('the yellow ukulele of a crate')).toEqual([id]);
    expect(await found('quent ukulele')).toEqual([]);
    expect(await found('quentin trombone')).toEqual([]);
    expect(await found('ukulele zz')).toEqual([]);
    expect(await found('ukulele z')).toEqual([id]);
    expect((await search('quince crate')).items[0]?.matched).toBe('Recipient, Description');
  });

  it('finds a number that is typed with other spaces and dashes, also beside a word', async () => {
    const id = await arrive({ number: 'EX26AAA', description: 'Heavy' });
    for (const q of ['EX26 AAA', 'ex-26-aaa', 'EX26A', 'heavy EX26 AAA', 'EX26 AAA heavy', 'EX 26'])
      expect([q, await found(q)]).toEqual([q, [id]]);
    expect(await found('X26AAA')).toEqual([]);
  });

  it('does not find what no class marks', async () => {
    const id = await arrive({ witness: 'Unmarkedwitness', recipient: 'Markedrecipient' });
    expect(await found('markedrecipient')).toEqual([id]);
    expect(await found('unmarkedwitness')).toEqual([]);
  });

  it('shows nothing of a force that the caller may not see, and does not count it', async () => {
    const ours = await arrive({ recipient: 'Sharedname' });
    const theirs = [
      await arrive({ recipient: 'Sharedname' }, { force: SOUTH }),
      await arrive({ recipient: 'Sharedname Southonly' }, { force: SOUTH }),
    ];
    expect(await search('sharedname', { limit: 1 })).toMatchObject({ items: [{ id: ours }], more: false });
    expect(await search('southonly')).toEqual({ items: [], more: false });
    expect(await search('sharedname south')).toEqual({ items: [], more: false });
    expect(await search('sharedname', { forces: [] })).toEqual({ items: [], more: false });
    expect(await search('sharedname', { forces: FORCES, limit: 2 })).toMatchObject({ more: true });
    expect(await found('sharedname', { forces: FORCES })).toEqual([...theirs.toReversed(), ours]);
  });

  it('lists the newest first and says that there are more', async () => {
    const ids = [];
    for (let n = 0; n < 4; n += 1) ids.push(await arrive({ recipient: 'Serialname' }));
    expect(await found('serialname')).toEqual(ids.toReversed());
    expect(await search('serialn', { limit: 3 })).toMatchObject({ more: true });
    expect(await found('serialn', { limit: 3 })).toEqual(ids.toReversed().slice(0, 3));
    expect(await search('serialname', { limit: 4 })).toMatchObject({ more: false });
  });

  it('finds a corrected request by the corrected and by the submitted value', async () => {
    const id = await arrive({ recipient: 'Formername' });
    await correct(id, { recipient: 'Latername' });
    expect(await at.rows('select payload from correction where request_id = $1', [id])).toHaveLength(1);
    expect(await found('latername')).toEqual([id]);
    expect(await found('formername')).toEqual([id]);
  });

  it('says in each list in one line what a request is about, as last corrected', async () => {
    const id = await arrive({ number: 'PA-900', description: 'A box' });
    const other = await arrive({ number: 'PA-901', description: `Sketches\n  ${'of a bridge '.repeat(20)}` });
    const subjects = async () => {
      const { groups } = await listQueue(at.unit, caller(NORTH), { limit: 200 });
      const listed = groups.flatMap(({ items }) => items).find((item) => item.id === id);
      const read = await readRequest(at.unit, caller(NORTH), id);
      return [listed?.subject, (await search('PA-900')).items[0]?.subject, read.subject];
    };
    expect(await subjects()).toEqual(Array(3).fill('PA-900 · A box'));
    await correct(id, { description: 'Two boxes' });
    expect(await subjects()).toEqual(Array(3).fill('PA-900 · Two boxes'));
    const long = (await readRequest(at.unit, caller(NORTH), other)).subject;
    expect(long).toMatch(/^PA-901 · Sketches of a bridge .{80,}…$/);
    expect(long.length).toBeLessThanOrEqual(120);
  });

  it('finds an answered request by its answer, and what the records of the unit added to it', async () => {
    const id = await arrive({ recipient: 'Answeredname' });
    await staff(id, ['claim'], ['answer', { answer: { outcome: 'delivered', shelf: 'SH-4711' } }]);
    for (const q of ['answeredname', 'SH 4711', 'tag/77-1', 'TAG77'])
      expect((await search(q)).items).toMatchObject([{ id, state: 'answered', urgency: null }]);
    expect((await search('tag 77 1')).items[0]?.matched).toBe('Tag');
  });

  it('finds a declined request', async () => {
    const id = await arrive({ recipient: 'Declinedname' });
    await staff(id, ['claim'], ['decline', { reason: 'Not ours', belongsTo: 'The landlord' }]);
    expect((await search('declinedname')).items).toMatchObject([{ id, state: 'declined' }]);
  });

  it('logs the consultation of each law-enforcement record in its answer, and of no other', async () => {
    const logged = await arrive({ recipient: 'Loggedname' }, { type: seized });
    await arrive({ recipient: 'Loggedname' });
    await arrive({ recipient: 'Loggedname' }, { type: seized, force: SOUTH });
    await found('loggedname');
    await found('loggedname nowhere');
    expect(
      await at.rows(
        `select owning_force as force, person, request_id as id, reason from access_log where operation = 'consultation'`,
      ),
    ).toEqual([{ force: NORTH, person: 'ana', id: logged, reason: 'search' }]);
  });

  it('keeps a bounded number of terms of a request, each cut to a bounded length', async () => {
    const words = Array.from({ length: 300 }, (_, n) => `w${n}`).join(' ');
    const id = await arrive({ recipient: 'l'.repeat(120), description: words });
    const terms = await at.rows('select term from search_term where id = $1', [id]);
    expect(terms.length).toBeLessThanOrEqual(30);
    expect(Math.max(...terms.map(({ term }) => (term as string).length))).toBe(64);
    expect(await found('l'.repeat(120))).toEqual([id]);
  });
});
