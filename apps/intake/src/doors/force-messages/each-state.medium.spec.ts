import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REQUEST_STATES, type RequestState } from '#contracts';
import { newId } from '#kernel';
import { STAFF_ROLES } from '#web';
import { repair, startIntake, type IntakeUnderTest } from '../../intake.fixture.ts';

const OPEN = ['accepted', 'queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision'] as const;

/**
 * The messages that intake accepts from the request's own force, and the states for each; written in other
 * words than the table of transitions.
 */
const ALLOWED: Readonly<Record<string, { readonly body: object; readonly in: readonly RequestState[] }>> = {
  withdraw: { body: { reason: 'No longer needed.' }, in: OPEN },
  information: { body: { message: 'It stands in bay 7.' }, in: OPEN },
  replies: { body: { message: 'Bay 7.' }, in: OPEN },
  corrections: {
    body: { payload: { contact: 'Sgt 0001 D. Example' }, reason: 'Another contact.' },
    in: ['accepted', 'queued', 'claimed', 'held', 'waiting-for-force'],
  },
  reopen: { body: { reason: 'The same noise is back.' }, in: ['answered', 'declined'] },
};

let intake: IntakeUnderTest;

beforeAll(async () => {
  intake = await startIntake({ kafka: false });
  await intake.agree({ participants: [intake.force, intake.other] });
});
afterAll(() => intake.stop());

/** Requests of the force, one in each state, that may still be reopened by their date. */
async function inEachState(): Promise<string[]> {
  const ids = await Promise.all(
    REQUEST_STATES.map(async () => String((await intake.submit(repair())).body['id'])),
  );
  await intake.rows(
    `update progress set state = placed.state, reopen_until = current_date + 7
     from unnest($1::uuid[], $2::text[]) as placed (id, state) where request_id = placed.id`,
    [intake.force],
    [ids, REQUEST_STATES],
  );
  return ids;
}

describe('the messages that intake accepts about a request', () => {
  it.each(Object.entries(ALLOWED))(
    'depend on its state for its own force, and are refused to other forces in any state: %s',
    async (path, allowed) => {
      const { force, other, identity } = intake;
      const ids = await inEachState();
      const staff = await Promise.all(
        STAFF_ROLES.map(async (role) => ({
          status: 403,
          token: await identity.staffToken({ unit: 'fleet', role, forces: [force, other] }),
        })),
      );
      const strangers = [...staff, { status: 404, token: await identity.forceToken(other) }];
      const came: Record<string, number> = {};
      for (const [index, state] of REQUEST_STATES.entries()) {
        const address = `/v1/requests/${ids[index] ?? ''}/${path}`;
        const before = await intake.get(`/v1/requests/${ids[index] ?? ''}`);
        for (const { status, token } of strangers) {
          const refused = await intake.send('POST', address, { body: allowed.body, key: newId(), token });
          expect({ state, status: refused.status }).toEqual({ state, status });
        }
        expect((await intake.get(`/v1/requests/${ids[index] ?? ''}`)).body).toEqual(before.body);
        came[state] = (await intake.send('POST', address, { body: allowed.body, key: newId() })).status;
      }
      expect(came).toEqual(
        Object.fromEntries(REQUEST_STATES.map((state) => [state, allowed.in.includes(state) ? 202 : 409])),
      );
    },
  );
});
