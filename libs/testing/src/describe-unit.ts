import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId } from '#kernel';
import { milestonesOf } from '#requests';
import type { RequestType, UnitDefinition } from '#unit';
import { describeChangesOfMind } from './describe-unit.changes-of-mind.ts';
import { describeChanges } from './describe-unit.changes.ts';
import { RunningUnit, type Reply, type StaffMember } from './describe-unit.running.ts';
import { describeStrangers } from './describe-unit.strangers.ts';
import { describeWork } from './describe-unit.work.ts';
import { eventually } from './eventually.ts';

const SECONDS_TO_START = 60_000;

/**
 * Proves the promises of every unit for one definition, against real PostgreSQL and Kafka. A unit's folder
 * needs one line: `describeUnit(fleet)`. Payloads and answers are the definition's own examples.
 */
export function describeUnit(definition: UnitDefinition): void {
  describeChanges(definition);
  describeChangesOfMind(definition);
  describe(`the unit ${definition.slug}`, () => {
    let unit: RunningUnit;
    let caseworker: StaffMember;
    let supervisor: StaffMember;
    let decisionMaker: StaffMember;
    const [first] = definition.requestTypes as readonly [RequestType, ...RequestType[]];
    const types = definition.requestTypes.map((type) => [type.name, type] as const);

    beforeAll(async () => {
      unit = await RunningUnit.start(definition);
      caseworker = await unit.staff('caseworker');
      supervisor = await unit.staff('supervisor');
      decisionMaker = await unit.staff('decision-maker');
      await unit.publishAgreement(agreementOf(unit, decisionMaker.person));
      await eventually(async () => (await unit.rows('select 1 from delegation')).length > 0, {
        says: 'the delegations',
      });
    }, SECONDS_TO_START);
    afterAll(() => unit?.stop(), SECONDS_TO_START);

    const claimed = async (type = first, force = unit.forces[0]): Promise<string> => {
      const id = await unit.submit({ force, type });
      expect(await caseworker.post(`/v1/requests/${id}/claim`)).toMatchObject({ status: 200 });
      return id;
    };

    describeStrangers(() => unit);
    describeWork(first, () => ({ unit, caseworker, claimed }));

    describe.each(types)('%s', (_, type) => {
      it('is taken with a short reference and its clocks, and the force is told', async () => {
        const id = await unit.submit({ force: unit.forces[0], type });
        const request = await caseworker.read(id);
        expect(request).toMatchObject({
          state: 'queued',
          force: unit.forces[0],
          type: type.name,
          version: 1,
          payload: type.examples[0]?.payload,
        });
        expect(request.unitReference).toMatch(new RegExp(`^${definition.referencePrefix}-\\d{2}-\\d{6}$`));
        expect(request.clocks.length).toBeGreaterThan(0);
        expect(
          (await caseworker.get(`/v1/requests/${request.unitReference.toLowerCase()}`)).body,
        ).toMatchObject({ id });
        const { value, topic } = await unit.event(id, 'request-queued');
        expect(topic).toBe(`force.${unit.forces[0]}.events.v1`);
        expect(value).toMatchObject({
          requestId: id,
          state: 'queued',
          sequence: 1,
          unitReference: request.unitReference,
        });
      });

      it('is answered, by a second person where the type says so, and the force reads the answer', async () => {
        const id = await claimed(type);
        const answer = type.examples[0]?.answer;
        if (type.decision === 'one-person') {
          expect(await caseworker.do('answer', id, { answer })).toMatchObject({
            status: 200,
            body: { state: 'answered' },
          });
        } else {
          expect(await caseworker.do('answer', id, { answer })).toMatchObject({
            status: 409,
            body: { code: 'second-person-needed' },
          });
          expect(await caseworker.do('propose', id, { answer })).toMatchObject({
            status: 200,
            body: { state: 'awaiting-decision' },
          });
          expect(await caseworker.do('confirm', id)).toMatchObject({ status: 403 });
          expect(await decisionMaker.do('confirm', id)).toMatchObject({
            status: 200,
            body: { state: 'answered' },
          });
        }
        const { value } = await unit.event(id, 'request-answered');
        expect(value).toMatchObject({ state: 'answered', answer });
        expect((await caseworker.read(id)).answer).toMatchObject({ ...answer });
        expect(value.clocks?.every(({ state }) => state === 'met' || state === 'breached')).toBe(true);
      });

      for (const milestone of milestonesOf(type.clocks)) {
        it(`reaches ${milestone}, and the force is told which clocks it met`, async () => {
          const id = await claimed(type);
          const waiting = type.clocks.filter(
            ({ metBy }) => typeof metBy === 'object' && metBy.milestone === milestone,
          );
          const clocksOf = (clocks: readonly { name: string; state: string }[] = []): string[] =>
            clocks
              .filter(({ name }) => waiting.some((clock) => clock.name === name))
              .map(({ state }) => state);
          // A clock that starts from a day in the example's past is breached from the start and stays so.
          const before = (await caseworker.read(id)).clocks;
          const met = clocksOf(before).map((state) => (state === 'running' ? 'met' : state));
          expect(met.length).toBeGreaterThan(0);
          expect(await caseworker.do('milestone', id, { name: milestone })).toMatchObject({
            status: 200,
            body: { state: 'claimed' },
          });
          const after = await caseworker.read(id);
          expect(
            after.clocks
              .filter((clock, index) => clock.metAt !== before[index]?.metAt)
              .map(({ name }) => name),
          ).toEqual(
            before.filter(({ name }) => waiting.some((clock) => clock.name === name)).map(({ name }) => name),
          );
          const { value } = await unit.event(id, 'milestone-reached');
          expect(value).toMatchObject({ milestone, state: 'claimed', sequence: 3 });
          expect(clocksOf(value.clocks)).toEqual(met);
          expect(await caseworker.do('milestone', id, { name: milestone })).toMatchObject({ status: 409 });
        });
      }

      it('is not answered with fields that are not its own', async () => {
        const id = await claimed(type);
        const command = type.decision === 'one-person' ? 'answer' : 'propose';
        const reply = await caseworker.do(command, id, {
          answer: { ...type.examples[0]?.answer, nobodyAsked: true },
        });
        expect(reply).toMatchObject({
          status: 422,
          contentType: expect.stringContaining('application/problem+json'),
        });
        expect(reply.body.errors[0].pointer).toBe('/answer/nobodyAsked');
      });

      it(type.lawEnforcement ? 'logs who reads it' : 'is read without a log of consultations', async () => {
        const id = await unit.submit({ force: unit.forces[0], type });
        await caseworker.read(id);
        const log = await unit.rows(
          'select operation, person from access_log where request_id = $1 order by position',
          [id],
        );
        const collected = { operation: 'collection', person: `force-${unit.forces[0]}` };
        expect(log).toEqual(
          type.lawEnforcement
            ? [collected, { operation: 'consultation', person: caseworker.person }]
            : [collected],
        );
      });
    });

    it('keeps a bad payload with its reason, and takes the next message of the same key', async () => {
      const [force] = unit.forces;
      const bad = unit.envelope({ force, type: first, payload: { nobodyAsked: true } });
      const good = unit.envelope({ force, type: first, requestId: bad.subject });
      await unit.publish(bad, good);
      await unit.arrival(force, good.subject);
      await unit.deadLetter(force, 'invalid-payload');
    });

    it('keeps what it cannot read, what is not its type and what names no force it serves', async () => {
      const [force] = unit.forces;
      const good = unit.envelope({ force, type: first });
      const stranger = unit.envelope({ force: 'elsewhere', type: first, requestId: good.subject });
      const headers = { ce_owningforce: force };
      await unit.publishRaw(
        { key: good.subject, headers, value: '{"not json' },
        { key: good.subject, headers, value: '[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]' },
      );
      await unit.publish(
        unit.envelope({ force, type: { ...first, name: 'not-of-this-unit' }, requestId: good.subject }),
        stranger,
        good,
      );
      await unit.arrival(force, good.subject);
      await unit.deadLetter(force, 'unknown-type');
      await unit.deadLetter('unattributed', 'invalid-request');
      const listed = (await supervisor.get('/v1/dead-letters')).body.items as { reason: string }[];
      expect(listed.length).toBeGreaterThanOrEqual(4);
      expect(await caseworker.get('/v1/dead-letters')).toMatchObject({ status: 403 });
      const consulted = await unit.rows(
        `select distinct owning_force as owner, person from access_log where operation = 'consultation' and request_id is null order by 1`,
      );
      const owners = definition.requestTypes.some(({ lawEnforcement }) => lawEnforcement)
        ? [force, 'unattributed']
        : [];
      expect(consulted).toEqual(owners.map((owner) => ({ owner, person: supervisor.person })));
    });

    it('takes a message five times with one effect, and keeps a conflict', async () => {
      const [force] = unit.forces;
      const message = unit.envelope({ force, type: first });
      const arrivedBefore = await arrived(supervisor, force);
      await unit.publish(message, message);
      await unit.publish(message, message, message);
      await unit.publish({
        ...message,
        value: { ...(message.value as object), forceReference: 'other-content' },
      });
      await unit.publish(
        unit.envelope({ force, type: first, requestId: message.subject, forceReference: 'other-content' }),
      );
      await unit.deadLetter(force, 'reference-conflict', 2);
      expect(await unit.rows('select type from event where request_id = $1', [message.subject])).toHaveLength(
        1,
      );
      expect(
        await unit.rows('select operation from access_log where request_id = $1', [message.subject]),
      ).toHaveLength(1);
      expect(await arrived(supervisor, force)).toBe(arrivedBefore + 1);
      expect((await caseworker.read(message.subject)).forceReference).toBe(`REF-${message.subject}`);
    });

    it('gives a request to one of those who claim it at once', async () => {
      const id = await unit.submit({ force: unit.forces[0], type: first });
      const people = await Promise.all(
        Array.from({ length: 5 }, (_, index) => unit.staff('caseworker', { person: `claimer-${index}` })),
      );
      const replies = await Promise.all(
        people.map((person) => person.post(`/v1/requests/${id}/claim`, undefined, { 'if-match': '"1"' })),
      );
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(replies.filter(({ status }) => status === 409 || status === 412)).toHaveLength(4);
      const winner = replies.findIndex(({ status }) => status === 200);
      expect(await caseworker.read(id)).toMatchObject({
        state: 'claimed',
        assignee: `claimer-${winner}`,
        version: 2,
      });
    });

    it('is assigned to whoever has signed in with the right to see the force, and to nobody else', async () => {
      const id = await unit.submit({ force: unit.forces[0], type: first });
      const stranger = await unit.staff('caseworker', { person: 'of-the-middle', forces: [unit.forces[1]] });
      await stranger.get('/v1/queue');
      for (const assignee of ['nobody', stranger.person]) {
        expect(await supervisor.do('assign', id, { assignee })).toMatchObject({
          status: 400,
          body: { code: 'invalid-request', errors: [{ pointer: '/assignee' }] },
        });
      }
      const newcomer = await unit.staff('caseworker', { person: 'newcomer', forces: [unit.forces[0]] });
      await newcomer.get('/v1/counts');
      expect(await supervisor.do('assign', id, { assignee: 'newcomer' })).toMatchObject({
        status: 200,
        body: { assignee: 'newcomer' },
      });
      const seen = 'select role, forces, last_seen::text from member where person = $1';
      const before = await unit.rows(seen, ['newcomer']);
      expect(before).toMatchObject([{ role: 'caseworker', forces: [unit.forces[0]] }]);
      await newcomer.get('/v1/counts');
      expect(await unit.rows(seen, ['newcomer'])).toEqual(before);
    });

    it('says which version it wants, and refuses one that has passed', async () => {
      const id = await claimed();
      expect(await caseworker.post(`/v1/requests/${id}/hold`, { reason: 'x' })).toMatchObject({
        status: 428,
      });
      const hold = (ifMatch: string): Promise<Reply> =>
        caseworker.post(`/v1/requests/${id}/hold`, { reason: 'x' }, { 'if-match': ifMatch });
      for (const passed of ['"1"', 'W/"2"', '"1", W/"2", "3"']) {
        expect(await hold(passed)).toMatchObject({ status: 412, body: { currentVersion: 2 } });
      }
      expect(await hold('"1", "2"')).toMatchObject({ status: 200 });
    });

    it('gives the most urgent first, to one person each', async () => {
      const force = unit.forces[2];
      const ids = [await unit.submit({ force, type: first }), await unit.submit({ force, type: first })];
      const people = await Promise.all(
        ['ann', 'ben', 'cat'].map((person) => unit.staff('caseworker', { person, forces: [force] })),
      );
      const next = await Promise.all(people.map((person) => person.post('/v1/queue/next', {})));
      expect(next.map(({ status }) => status).sort()).toEqual([200, 200, 204]);
      const given = next.flatMap(({ status, body }) => (status === 200 ? [(body as { id: string }).id] : []));
      expect(given.sort()).toEqual([...ids].sort());
    });

    it('shows, counts and changes nothing of another force', async () => {
      const [north, middle] = unit.forces;
      const id = await unit.submit({ force: north, type: first });
      const stranger = await unit.staff('supervisor', { person: 'stranger', forces: [middle] });
      const unknown = await stranger.get(`/v1/requests/${newId()}`);
      const { unitReference } = await caseworker.read(id);
      expect(unknown.status).toBe(404);
      expect(await stranger.get(`/v1/requests/${id}`)).toEqual(unknown);
      expect(await stranger.get(`/v1/requests/${unitReference}`)).toEqual(unknown);
      const command = await stranger.post(`/v1/requests/${id}/claim`);
      expect(command).toEqual(unknown);
      const queue = await stranger.get('/v1/queue?limit=200');
      const seen = (queue.body.groups as { items: { force: string }[] }[]).flatMap(({ items }) => items);
      expect(seen.every(({ force }) => force === middle)).toBe(true);
      expect(sum(queue.body.counts as Record<string, number>)).toBe(seen.length);
      expect(Object.keys((await stranger.get('/v1/counts')).body.byForce as object)).toEqual([middle]);
      const other = await unit.staff('supervisor', { unit: 'another-unit' });
      expect(await other.get('/v1/queue')).toMatchObject({ status: 403 });
      await unit.event(id, 'request-queued');
      expect(unit.eventsOf(id).map(({ topic }) => topic)).toEqual([`force.${north}.events.v1`]);
    });

    it('has no row for the application role without a force, nor under another', async () => {
      const [north, middle] = unit.forces;
      await unit.submit({ force: north, type: first });
      const client = new pg.Client({ connectionString: unit.applicationUrl });
      await client.connect();
      try {
        const tables = await client.query<{ name: string }>(
          `select table_name as name from information_schema.columns where column_name = 'owning_force' and table_schema = 'public'`,
        );
        expect(tables.rows.length).toBeGreaterThanOrEqual(10);
        for (const { name } of tables.rows) {
          expect((await client.query(`select 1 from ${name}`)).rowCount).toBe(0);
          await client.query(`begin; set local concordat.forces = '${middle}'`);
          expect(
            (await client.query(`select 1 from ${name} where owning_force <> $1`, [middle])).rowCount,
          ).toBe(0);
          await client.query('commit');
        }
      } finally {
        await client.end();
      }
    });

    it('counts to zero: what arrived is open, answered, declined or withdrawn, by urgency as by state', async () => {
      const { byForce } = (await supervisor.get('/v1/counts')).body as {
        byForce: Record<string, Record<string, number>>;
      };
      const { counts, countsByState } = (await supervisor.get('/v1/queue')).body as Record<
        string,
        Record<string, number>
      >;
      for (const { arrived: all = 0, deadLettered: _, ...states } of Object.values(byForce))
        expect(sum(states)).toBe(all);
      const { answered = 0, declined = 0, withdrawn = 0, ...open } = countsByState ?? {};
      expect(sum(counts ?? {})).toBe(sum(open));
      const stored = await unit.rows(
        `select count(*)::int as n from task where state in ('answered', 'declined', 'withdrawn')`,
      );
      expect(stored).toEqual([{ n: answered + declined + withdrawn }]);
    });
  });
}

function agreementOf(unit: RunningUnit, person: string): Record<string, unknown> {
  const { slug, functionId, title, requestTypes } = unit.definition;
  return {
    agreementId: `agreement-${slug}`,
    functionId,
    title,
    unit: slug,
    participants: [...unit.forces],
    status: 'live',
    from: '2020-01-01',
    edition: 1,
    demonstration: true,
    delegations: unit.forces.map((force) => ({
      force,
      person,
      requestTypes: requestTypes.map(({ name }) => name),
      validFrom: '2020-01-01',
    })),
  };
}

async function arrived(supervisor: StaffMember, force: string): Promise<number> {
  const { body }: Reply = await supervisor.get('/v1/counts');
  return (body.byForce as Record<string, { arrived: number }>)[force]?.arrived ?? 0;
}

function sum(figures: Readonly<Record<string, number>>): number {
  return Object.values(figures).reduce((total, figure) => total + figure, 0);
}
