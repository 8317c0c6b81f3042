import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageType } from '#contracts';
import { newId } from '#kernel';
import type { Delivery } from '#messaging';
import { STATES, type State } from '#requests';
import { arriveBatch, type UnitDefinition } from '#unit';
import { UnitAtRest } from './describe-unit.at-rest.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;
const PLACED = 4;

/**
 * What a force may still change of a request that is in its unit, in other words than the table of #requests: for each
 * state where it then stands; what is not named is refused and changes nothing.
 */
const ALLOWED: Readonly<
  Record<string, { readonly message: MessageType; readonly says: object; readonly to: Partial<Record<State, State>> }>
> = {
  withdraw: {
    message: 'concordat.withdrawal-requested.v1',
    says: { reason: 'No longer needed.' },
    to: {
      queued: 'withdrawn',
      claimed: 'withdrawn',
      held: 'withdrawn',
      'waiting-for-force': 'withdrawn',
      'awaiting-decision': 'withdrawn',
    },
  },
  inform: {
    message: 'concordat.information-added.v1',
    says: { message: 'It is the second floor, not the first.' },
    to: {
      queued: 'queued',
      claimed: 'claimed',
      held: 'held',
      'waiting-for-force': 'waiting-for-force',
      'awaiting-decision': 'awaiting-decision',
    },
  },
};

/** Each change of mind × each state × the owner and another force, on one type of each way of deciding. */
export function describeChangesOfMind(definition: UnitDefinition): void {
  describe(`what a force may change of its request in ${definition.slug}`, () => {
    let at: UnitAtRest;
    beforeAll(async () => {
      at = await UnitAtRest.start(definition, [OWNER, OTHER]);
    });
    afterAll(() => at?.stop());

    let offset = 900_000;
    const asked = (change: string, requestId: string, force: string): Delivery => {
      const { message: type, says } = ALLOWED[change]!;
      const requestedAt = new Date().toISOString();
      const value = { requestId, changeId: newId(), requestedAt, requestedBy: `force-${force}`, ...says };
      const place = { topic: 'unit.at-rest.requests.v1', partition: 0, offset: String((offset += 1)), timestamp: '0' };
      return {
        envelope: { id: newId(), source: '/service/intake', type, time: requestedAt, subject: requestId, owningForce: force, value },
        message: { ...place, key: requestId, headers: {}, value: Buffer.from('{}'), rawKey: null, rawHeaders: [] },
      };
    };

    const decisions = new Map(definition.requestTypes.map((type) => [type.decision, type]));
    const cases = [...decisions.values()].flatMap((type) => Object.keys(ALLOWED).map((change) => [change, type.name, type] as const));
    it.each(cases)('is decided by where it stands: %s of %s', async (change, _, type) => {
      const ids = await at.arrive(...STATES.map(() => ({ force: OWNER, type })));
      const stands = async (id: string) => (await at.rows('select state, version, clocks, assignee from task where id = $1', [id]))[0]!;
      for (const [index, state] of STATES.entries()) {
        const id = ids[index] as string;
        const assignee = state === 'queued' ? null : 'somebody';
        await at.rows('update task set state = $2, assignee = $3, version = $4 where id = $1', [id, state, assignee, PLACED]);
        const before = await stands(id);
        await arriveBatch(at.unit, [asked(change, id, OTHER)]);
        expect(await stands(id)).toEqual(before);

        const delivery = asked(change, id, OWNER);
        const repeats = Array.from({ length: 5 }, () => delivery);
        await arriveBatch(at.unit, repeats);
        await Promise.all(repeats.map((repeat) => arriveBatch(at.unit, [repeat])));
        const { changeId } = delivery.envelope.value as { changeId: string };
        const told = await at.rows(
          `select type, topic, data ->> 'state' as state, (data ->> 'sequence')::int as sequence, data -> 'problem' ->> 'code' as problem
           from event where request_id = $1 and data ->> 'changeId' = $2`,
          [id, changeId],
        );
        const to = ALLOWED[change]!.to[state];
        const topic = `force.${OWNER}.events.v1`;
        if (to === undefined) {
          expect(await stands(id)).toEqual(before);
          expect(told).toEqual([{ type: 'concordat.change-refused.v1', topic, state, sequence: PLACED, problem: 'not-in-this-state' }]);
        } else {
          expect(await stands(id)).toMatchObject({ state: to, version: PLACED + 1 });
          expect(told).toMatchObject([{ topic, state: to, sequence: PLACED + 1, problem: null }]);
        }
      }
      const strangers = await at.rows(`select problem ->> 'code' as code from dead_letter where owning_force = $1`, [OTHER]);
      expect(strangers.length).toBeGreaterThanOrEqual(STATES.length);
      for (const { code } of strangers) expect(code).toBe('not-found');
    });
  });
}
