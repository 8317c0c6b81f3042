import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { repair, startIntake, type Answer, type IntakeUnderTest } from '../intake.fixture.ts';

const GREEDY = 40;

describe('a force that reads more pages at once than its share', () => {
  let intake: IntakeUnderTest;
  beforeAll(async () => {
    intake = await startIntake({ kafka: false });
    await intake.agree({ participants: [intake.force, intake.other] });
    for (const force of [intake.force, intake.other])
      expect((await intake.submit(repair(), newId(), force)).status).toBe(201);
    // Lists end before the oldest open transaction, and other tests have theirs beside this one.
    await eventually(
      async () => (await intake.get('/v1/events?limit=1000', intake.other)).body['items'].length === 1,
    );
  });
  afterAll(() => intake?.stop());

  it.each([
    ['/v1/requests?limit=1000', 'lists'],
    ['/v1/counts', 'counts'],
  ])(
    'takes no connection from another force with %s: the other force is served while all but the first wait',
    async (path) => {
      let answered = 0;
      const ask = async (): Promise<Answer> => {
        const answer = await intake.get(path);
        answered += 1;
        return answer;
      };
      // Both read the locked table, so each keeps its connection until the lock is released.
      const { greedy, quiet, before } = await intake.whileNothingIsStored(async () => {
        const asked = Array.from({ length: GREEDY }, ask);
        // A small read of the same force is served as well.
        expect((await intake.get('/v1/agreements')).status).toBe(200);
        const other = await intake.get('/v1/events?limit=1000', intake.other);
        return { greedy: asked, quiet: other, before: answered };
      });
      expect(quiet.status).toBe(200);
      expect(quiet.body['items']).toHaveLength(1);
      expect(before).toBe(0);
      const statuses = (await Promise.all(greedy)).map(({ status }) => status);
      expect(statuses).toEqual(Array.from({ length: GREEDY }, () => 200));
    },
  );

  it('has its small reads served side by side, and its submissions beside its reads', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => intake.get('/v1/events?limit=1')),
      ...Array.from({ length: 5 }, () => intake.get('/v1/events?limit=1000')),
      intake.submit(repair()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 25 }, () => 200), 201]);
  });
});
