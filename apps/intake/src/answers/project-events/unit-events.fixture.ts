import { encodeEnvelope, forceEventsTopic } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { repair, wire, type Answer, type IntakeUnderTest } from '../../intake.fixture.ts';

export type View = Answer['body'];

/** Publishes events on the force's topic as a unit would, and reads the request that intake then shows. */
export function unitEventsFor(intake: IntakeUnderTest) {
  const submitted = async (): Promise<View> => (await intake.submit(repair())).body;
  const read = async (id: unknown): Promise<View> => (await intake.get(`/v1/requests/${String(id)}`)).body;

  /** An event as the unit publishes it. */
  function change(
    request: View,
    type: string,
    sequence: number,
    state: string,
    more: Record<string, unknown> = {},
    id: string = newId(),
    unit = 'fleet',
  ) {
    const value = {
      requestId: request['id'] as string,
      forceReference: request['reference'] as string,
      unit: 'fleet',
      type: 'vehicle-repair',
      unitReference: 'FLT-26-000123',
      state,
      sequence,
      at: '2026-03-02T09:30:00Z',
      ...more,
    };
    const envelope = {
      id,
      source: `/unit/${unit}`,
      time: value.at,
      owningForce: intake.force,
      subject: String(request['id']),
      value,
    };
    return wire(encodeEnvelope({ ...envelope, type: `concordat.${type}.v1` satisfies string }));
  }
  const publish = (messages: ReturnType<typeof change>[]): Promise<void> =>
    intake.publish(forceEventsTopic(intake.force), messages);
  const inState = (request: View, sequence: number): Promise<View> =>
    eventually(
      async () => {
        const view = await read(request['id']);
        return view['sequence'] === sequence && view;
      },
      { says: `sequence ${sequence}` },
    );
  const waitingForForce = async (): Promise<View> => {
    const request = await submitted();
    await publish([change(request, 'question-asked', 3, 'waiting-for-force', { question: 'Which tyre?' })]);
    return inState(request, 3);
  };

  return { submitted, read, change, publish, inState, waitingForForce };
}
