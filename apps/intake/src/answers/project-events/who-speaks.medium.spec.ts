import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceEventsTopic, signed, SIGNATURE_HEADER } from '#contracts';
import { eventually } from '#testing';
import { startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';
import { unitEventsFor } from './unit-events.fixture.ts';

type Units = ReturnType<typeof unitEventsFor>;
type Message = ReturnType<Units['change']>;

let intake: IntakeUnderTest;
let units: Units;

beforeAll(async () => {
  intake = await startIntake({ consuming: true });
  units = unitEventsFor(intake);
  await intake.agree();
});
afterAll(() => intake.stop());

const letterOf = (message: Message): Promise<{ problem: { code: string; detail: string } }> =>
  eventually(async () => {
    const rows = await intake.rows<{ problem: { code: string; detail: string }; value: Buffer }>(
      'select problem, value from dead_letter',
    );
    return rows.find(({ value }) => value.equals(message.value));
  });
const topic = (): string => forceEventsTopic(intake.force);
const signedBy = (unit: string, message: Message, on = topic()): Message => ({
  ...message,
  headers: signed({ ...message, topic: on }, intake.signers.keysOf(unit)),
});
const whole = async (id: unknown) => {
  const items = (await intake.get('/v1/events?limit=1000')).body['items'] as { requestId: string }[];
  return { body: await units.read(id), events: items.filter(({ requestId }) => requestId === id) };
};

/**
 * Waits until the feed shows both events. Lists end before the oldest open transaction, and other tests have
 * theirs beside this one.
 */
const queuedInFeed = (id: unknown) =>
  eventually(async () => {
    const seen = await whole(id);
    return seen.events.length === 2 && seen;
  });

describe("an event in a unit's name", () => {
  it.each<[string, (message: Message) => Message]>([
    ['with the key of another unit', (message) => signedBy('crime-recording', message)],
    [
      'without a signature',
      (message) => ({ ...message, headers: { ...message.headers, [SIGNATURE_HEADER]: '' } }),
    ],
    [
      'with the signature of another force’s topic',
      (message) => signedBy('fleet', message, forceEventsTopic(intake.other)),
    ],
    [
      'with the signature of other content',
      (message) => ({
        ...signedBy('fleet', message),
        value: Buffer.from(message.value.toString().replace('1000000', '2')),
      }),
    ],
    [
      'with the signature of another event type',
      (message) => {
        const { headers, value } = signedBy('fleet', message);
        return { ...message, value, headers: { ...headers, ce_type: 'concordat.request-answered.v1' } };
      },
    ],
  ])('%s is a dead letter and changes nothing, and its true events go on counting', async (_, forge) => {
    const request = await units.submitted();
    await units.publish([units.change(request, 'request-queued', 1, 'queued')]);
    await units.inState(request, 1);
    const before = await queuedInFeed(request['id']);
    const forged = forge(units.change(request, 'request-claimed', 1_000_000, 'claimed'));
    await units.publish([forged]);
    const { problem } = await letterOf(forged);
    expect(problem).toMatchObject({
      code: 'not-allowed',
      detail: 'The message names the unit fleet, but it is not signed with a key of that unit.',
    });
    expect(await whole(request['id'])).toEqual(before);
    await units.publish([units.change(request, 'request-claimed', 2, 'claimed')]);
    expect(await units.inState(request, 2)).toMatchObject({ state: 'claimed' });
  });

  it.each<[string, number, string, string, string]>([
    ['jumps', 1_000_000, 'request-claimed', 'claimed', 'at most 10000 can be missing in between'],
    [
      'does not follow from what the request is',
      2,
      'request-answered',
      'answered',
      'does not follow from queued in 1 step',
    ],
    ['is no state of such an event', 3, 'request-held', 'answered', 'does not follow from queued in 2 steps'],
  ])(
    'and %s is a dead letter though it is signed, and changes nothing',
    async (_, sequence, type, state, detail) => {
      const request = await units.submitted();
      await units.publish([units.change(request, 'request-queued', 1, 'queued')]);
      await units.inState(request, 1);
      const before = await queuedInFeed(request['id']);
      const impossible = units.change(request, type, sequence, state, { answer: { outcome: 'repaired' } });
      await units.publish([impossible]);
      expect((await letterOf(impossible)).problem).toMatchObject({
        code: 'not-in-this-state',
        detail: expect.stringContaining(detail),
      });
      expect(await whole(request['id'])).toEqual(before);
      await units.publish([
        units.change(request, 'request-claimed', 2, 'claimed'),
        units.change(request, 'request-answered', 3, 'answered'),
      ]);
      expect(await units.inState(request, 3)).toMatchObject({ state: 'answered' });
      const late = units.change(request, 'request-claimed', 4, 'claimed');
      await units.publish([late]);
      expect((await letterOf(late)).problem.detail).toContain('does not follow from answered');
      expect((await whole(request['id'])).body).toMatchObject({ state: 'answered', sequence: 3 });
    },
  );

  it('in one batch with true events leaves those of every request as they are', async () => {
    const [one, two] = [await units.submitted(), await units.submitted()];
    const forged = signedBy('crime-recording', units.change(one, 'request-answered', 3, 'answered'));
    await units.publish([
      units.change(one, 'request-queued', 1, 'queued'),
      units.change(two, 'request-queued', 1, 'queued'),
      forged,
      units.change(one, 'request-claimed', 2, 'claimed'),
      units.change(two, 'request-claimed', 2, 'claimed'),
    ]);
    expect(await units.inState(one, 2)).toMatchObject({ state: 'claimed' });
    expect(await units.inState(two, 2)).toMatchObject({ state: 'claimed' });
    expect((await letterOf(forged)).problem.code).toBe('not-allowed');
  });
});
