import { decodeEnvelope, encodeEnvelope, forceEventsTopic, unitRequestsTopic } from '#contracts';
import { KafkaReader, type Delivery } from '#messaging';
import { eventually, uniqueSlug, UnitAtRest } from '#testing';
import {
  arriveBatch,
  changeRequest,
  loadUnitDefinitions,
  type StaffCommand,
  type UnitDefinition,
} from '#unit';
import { repair, startIntake, wire, type Answer } from '../../intake.fixture.ts';

export type View = Answer['body'];
/** Events that are published at a time. */
const BATCH = 20;

export type BothSides = Awaited<ReturnType<typeof startBothSides>>;

/**
 * Intake and one unit's database, between which the test passes the messages, so that either side can be
 * first. One person decides on everything, because other tests cover the decision-makers.
 */
export async function startBothSides(slug = 'fleet') {
  const intake = await startIntake({ consuming: true, units: [slug] });
  const [declared] = await loadUnitDefinitions([slug]);
  const definition: UnitDefinition = {
    ...declared!,
    requestTypes: declared!.requestTypes.map((type) => ({ ...type, decision: 'one-person' as const })),
  };
  await intake.agree({ unit: slug, functionId: definition.functionId });
  const unitSide = await UnitAtRest.start(definition, [intake.force, intake.other]);
  /** The answer to a vehicle-repair. */
  const answer = definition.requestTypes.find(({ name }) => name === 'vehicle-repair')?.examples[0]
    ?.answer as object;
  const handedOver = new Set<string>();
  /** The messages of this test, as they come. The topic also holds those of every other test. */
  const forwarded: Delivery[] = [];
  const reader = await KafkaReader.start({
    settings: intake.settings,
    topics: [unitRequestsTopic(slug)],
    groupId: uniqueSlug('test.both-sides'),
    onMessages: (messages) => {
      for (const message of messages) {
        if (message.headers['ce_owningforce'] === intake.force)
          forwarded.push({ message, envelope: decodeEnvelope(message) });
      }
    },
  });
  let toldUpTo = 0;

  const read = async (id: unknown): Promise<View> => (await intake.get(`/v1/requests/${String(id)}`)).body;
  /**
   * Takes the messages that intake has published and the unit has not received, in order: at least `count` of
   * them, and at least one about each of `requests`, so that the messages of an earlier test do not count.
   */
  const fromIntake = async (count: number, requests: readonly string[] = []): Promise<Delivery[]> => {
    const fresh = await eventually(() => {
      const mine = forwarded.filter(({ envelope }) => !handedOver.has(envelope.id));
      const about = new Set(mine.map(({ envelope }) => envelope.subject));
      return mine.length >= count && requests.every((id) => about.has(id)) && mine;
    });
    for (const { envelope } of fresh) handedOver.add(envelope.id);
    return fresh;
  };
  /** Publishes the unit's new events to the force. */
  const tellForce = async (): Promise<void> => {
    const rows = await unitSide.rows(
      'select * from event where topic is not null and position > $1 order by position',
      [toldUpTo],
    );
    toldUpTo = Number(rows.at(-1)?.['position'] ?? toldUpTo);
    const messages = rows.map((row) =>
      wire(
        encodeEnvelope({
          id: String(row['event_id']),
          source: String(row['source']),
          type: String(row['type']),
          time: (row['time'] as Date).toISOString(),
          subject: String(row['request_id']),
          owningForce: String(row['owning_force']),
          value: row['data'],
        }),
      ),
    );
    // Kafka limits a whole batch, and these events may carry the longest texts that there are.
    for (let next = 0; next < messages.length; next += BATCH)
      await intake.publish(forceEventsTopic(intake.force), messages.slice(next, next + BATCH));
  };
  /** Submits requests, and waits until they are in the unit's queue and intake knows it. */
  const queued = async (count: number): Promise<string[]> => {
    const ids = await Promise.all(
      Array.from({ length: count }, async () => String((await intake.submit(repair())).body['id'])),
    );
    await arriveBatch(unitSide.unit, await fromIntake(count, ids));
    await tellForce();
    await Promise.all(ids.map((id) => inState(id, 'queued')));
    return ids;
  };
  const inState = (id: string, state: string): Promise<View> =>
    eventually(
      async () => {
        const view = await read(id);
        return view['state'] === state && view;
      },
      { says: `${state} of ${id}` },
    );
  const settled = (id: string): Promise<View> =>
    eventually(
      async () => {
        const view = await read(id);
        return (view['changes'] as { state: string }[]).every(({ state }) => state !== 'requested') && view;
      },
      { says: `the settled changes of ${id}` },
    );
  /**
   * Returns the caseworker's result: the new state, or the code of the refusal. `version` is the version that
   * they read.
   */
  const staff = (command: StaffCommand, id: string, version: number, body?: object): Promise<string> => {
    const caller = {
      kind: 'staff',
      person: 'sam',
      name: 'Sam',
      unit: slug,
      role: 'caseworker',
      forces: [intake.force],
    } as const;
    return changeRequest(unitSide.unit, { caller, reference: id, command, version, body }).then(
      ({ state }) => state,
      (error: { code: string }) => error.code,
    );
  };

  return {
    intake,
    unitSide,
    definition,
    answer,
    read,
    fromIntake,
    tellForce,
    queued,
    inState,
    settled,
    staff,
    stop: async (): Promise<void> => {
      await reader.close();
      await unitSide.stop();
      await intake.stop();
    },
  };
}
