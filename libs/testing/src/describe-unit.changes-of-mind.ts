import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayloadCheck, schemaOf, type Correctable, type MessageType } from '#contracts';
import { newId } from '#kernel';
import type { Delivery } from '#messaging';
import { STATES, type State } from '#requests';
import { arriveBatch, payloadFaults, type RequestType, type UnitDefinition } from '#unit';
import { UnitAtRest } from './describe-unit.at-rest.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;
const PLACED = 4;

interface AllowedChange {
  readonly message: MessageType;
  /** Undefined if the type has nothing of the kind. */
  readonly says: (type: RequestType) => object | undefined;
  readonly to: Partial<Record<State, State>>;
  /** Why a state that `to` leaves out refuses it, if the reason is not the state alone. */
  readonly otherwise?: Partial<Record<State, string>>;
}

/**
 * The changes that a force may still make to a request in its unit, written independently of the table in
 * #requests: for each state the state that follows. A state that is not named refuses the change.
 */
const ALLOWED: Readonly<Record<string, AllowedChange>> = {
  withdraw: {
    message: 'concordat.withdrawal-requested.v1',
    says: () => ({ reason: 'No longer needed.' }),
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
    says: () => ({ message: 'It is the second floor, not the first.' }),
    to: {
      queued: 'queued',
      claimed: 'claimed',
      held: 'held',
      'waiting-for-force': 'waiting-for-force',
      'awaiting-decision': 'awaiting-decision',
    },
  },
  'correct what may change until a decision': {
    message: 'concordat.correction-requested.v1',
    says: (type) => corrected(type, 'until-decided'),
    to: { queued: 'queued', claimed: 'claimed', held: 'held', 'waiting-for-force': 'waiting-for-force' },
  },
  'correct what may change until somebody claims it': {
    message: 'concordat.correction-requested.v1',
    says: (type) => corrected(type, 'until-claimed'),
    to: { queued: 'queued' },
    otherwise: {
      claimed: 'not-correctable',
      held: 'not-correctable',
      'waiting-for-force': 'not-correctable',
    },
  },
  reopen: {
    message: 'concordat.reopening-requested.v1',
    says: ({ reopening }) => reopening && { reason: 'The same noise is back.' },
    to: { answered: 'queued', declined: 'queued' },
  },
  'reopen what its type never reopens': {
    message: 'concordat.reopening-requested.v1',
    says: ({ reopening }) => (reopening ? undefined : { reason: 'The same noise is back.' }),
    to: {},
    otherwise: { answered: 'not-reopenable', declined: 'not-reopenable' },
  },
};

/** The last day to ask for a reopening, which the unit publishes with an answer. */
const TOLD_UNTIL = {
  answered: 'concordat.request-answered.v1',
  declined: 'concordat.request-declined.v1',
} as const;

/** Makes a valid correction of one field of the type's first example. */
function corrected(type: RequestType, until: Correctable): object | undefined {
  const fields = schemaOf(type.payload)['properties'] as Readonly<
    Record<string, { readonly 'x-correctable'?: Correctable }>
  >;
  const example = type.examples[0]?.payload ?? {};
  const check = new PayloadCheck(type.payload);
  for (const name of Object.keys(fields).filter((field) => fields[field]?.['x-correctable'] === until)) {
    const payload = { [name]: `${typeof example[name] === 'string' ? example[name] : 'Put'} right` };
    if (payloadFaults(type, check, { ...example, ...payload }).length === 0)
      return { payload, reason: 'It was written down wrongly.' };
  }
  return undefined;
}

/** Tests each change × each state × the owner and another force, on one type of each decision mode. */
export function describeChangesOfMind(definition: UnitDefinition): void {
  describe(`what a force may change of its request in ${definition.slug}`, () => {
    let at: UnitAtRest;
    beforeAll(async () => {
      at = await UnitAtRest.start(definition, [OWNER, OTHER]);
    });
    afterAll(() => at?.stop());

    let offset = 900_000;
    const asked = (change: string, says: object, requestId: string, force: string): Delivery => {
      const { message: type } = ALLOWED[change]!;
      const requestedAt = new Date().toISOString();
      const value = { requestId, changeId: newId(), requestedAt, requestedBy: `force-${force}`, ...says };
      const place = {
        topic: 'unit.at-rest.requests.v1',
        partition: 0,
        offset: String((offset += 1)),
        timestamp: '0',
      };
      return {
        envelope: {
          id: newId(),
          source: '/service/intake',
          type,
          time: requestedAt,
          subject: requestId,
          owningForce: force,
          value,
        },
        message: {
          ...place,
          key: requestId,
          headers: {},
          value: Buffer.from('{}'),
          rawKey: null,
          rawHeaders: [],
        },
      };
    };

    // A type that may be reopened is preferred.
    const decisions = new Map(
      [...definition.requestTypes]
        .sort((left, right) => Number(!!left.reopening) - Number(!!right.reopening))
        .map((type) => [type.decision, type]),
    );
    const cases = [...decisions.values()].flatMap((type) =>
      Object.entries(ALLOWED).flatMap(([change, { says }]) => {
        const said = says(type);
        return said === undefined ? [] : [[change, type.name, type, said] as const];
      }),
    );
    it.each(cases)('is decided by where it stands: %s of %s', async (change, _, type, says) => {
      const ids = await at.arrive(...STATES.map(() => ({ force: OWNER, type })));
      const stands = async (id: string) =>
        (await at.rows('select state, version, clocks, assignee from task where id = $1', [id]))[0]!;
      for (const [index, state] of STATES.entries()) {
        const id = ids[index] as string;
        const assignee = state === 'queued' ? null : 'somebody';
        await at.rows('update task set state = $2, assignee = $3, version = $4 where id = $1', [
          id,
          state,
          assignee,
          PLACED,
        ]);
        if (state === 'answered' || state === 'declined') {
          const until = type.reopening ? { reopenUntil: '2999-12-31' } : {};
          await at.rows(
            `insert into event (owning_force, event_id, request_id, type, time, source, data) values ($1, $2, $3, $4, now(), 'test', $5)`,
            [OWNER, newId(), id, TOLD_UNTIL[state], JSON.stringify(until)],
          );
        }
        const before = await stands(id);
        await arriveBatch(at.unit, [asked(change, says, id, OTHER)]);
        expect(await stands(id)).toEqual(before);

        const delivery = asked(change, says, id, OWNER);
        const repeats = Array.from({ length: 5 }, () => delivery);
        await arriveBatch(at.unit, repeats);
        await Promise.all(repeats.map((repeat) => arriveBatch(at.unit, [repeat])));
        const { changeId } = delivery.envelope.value as { changeId: string };
        const told = await at.rows(
          `select type, topic, data ->> 'state' as state, (data ->> 'sequence')::int as sequence, data -> 'problem' ->> 'code' as problem
           from event where request_id = $1 and data ->> 'changeId' = $2`,
          [id, changeId],
        );
        const { to: allowed, otherwise } = ALLOWED[change]!;
        const to = allowed[state];
        const topic = `force.${OWNER}.events.v1`;
        if (to === undefined) {
          expect(await stands(id)).toEqual(before);
          expect(told).toEqual([
            {
              type: 'concordat.change-refused.v1',
              topic,
              state,
              sequence: PLACED,
              problem: otherwise?.[state] ?? 'not-in-this-state',
            },
          ]);
        } else {
          expect(await stands(id)).toMatchObject({ state: to, version: PLACED + 1 });
          expect(told).toMatchObject([{ topic, state: to, sequence: PLACED + 1, problem: null }]);
        }
      }
      const strangers = await at.rows(
        `select problem ->> 'code' as code from dead_letter where owning_force = $1`,
        [OTHER],
      );
      expect(strangers.length).toBeGreaterThanOrEqual(STATES.length);
      for (const { code } of strangers) expect(code).toBe('not-found');
    });
  });
}
