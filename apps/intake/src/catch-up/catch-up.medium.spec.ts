import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEnvelope, unitRequestsTopic } from '#contracts';
import { newId } from '#kernel';
import type { ReceivedMessage } from '#messaging';
import { eventually } from '#testing';
import { loadUnitDefinitions } from '#unit';
import { repair, startIntake, type IntakeUnderTest } from '../intake.fixture.ts';
import { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { CatchUp } from './catch-up.ts';

describe('intake whose database was restored to an earlier moment', () => {
  let intake: IntakeUnderTest;
  let types: RequestTypeDirectory;
  let offset = 0;

  beforeAll(async () => {
    intake = await startIntake({ kafka: false });
    types = new RequestTypeDirectory(await loadUnitDefinitions(['fleet']), []);
    await intake.agree();
  });
  afterAll(() => intake.stop());

  /** The message on the unit's topic about a request that was accepted after that moment. */
  const onTopic = (body: Record<string, unknown>, requestId = newId()): ReceivedMessage => {
    const value = {
      ...{
        requestId,
        type: body['type'],
        version: 1,
        forceReference: body['reference'],
        payload: body['payload'],
        channel: 'rest',
      },
      ...{
        receivedAt: '2026-03-02T09:00:00.000Z',
        submittedBy: `force-${intake.force}`,
        agreementId: `test.fleet.${intake.force}`,
      },
    };
    const attributes = {
      id: requestId,
      source: '/service/intake',
      type: 'concordat.request-submitted.v1',
      time: value.receivedAt,
    };
    const wire = encodeEnvelope({ ...attributes, subject: requestId, owningForce: intake.force, value });
    const place = {
      topic: unitRequestsTopic('fleet'),
      partition: 0,
      offset: String((offset += 1)),
      timestamp: '0',
      rawKey: null,
    };
    return {
      ...wire,
      ...place,
      rawHeaders: Object.entries(wire.headers).map(([name, text]) => [name, Buffer.from(text)]),
    };
  };

  const catchUp = async (messages: readonly ReceivedMessage[]): Promise<ReturnType<CatchUp['report']>> => {
    const catching = new CatchUp(intake.own, types);
    await catching.takeSubmitted('fleet', messages);
    return catching.report();
  };

  it('restores each request under the id that its force knows, and a repeat makes no second one', async () => {
    const body = repair();
    const message = onTopic(body);
    // The relay may have sent it twice.
    expect(await catchUp([message, message])).toEqual({ arrived: 1, underAnotherId: [] });
    const read = await intake.get(`/v1/requests/${String(message.key)}`);
    expect(read.body).toMatchObject({
      id: message.key,
      reference: body['reference'],
      state: 'accepted',
      payload: body['payload'],
    });
    expect(read.body['receivedAt']).toBe('2026-03-02T09:00:00.000Z');
    const again = await intake.submit(body);
    expect([again.status, again.body['id']]).toEqual([200, message.key]);
    expect(await catchUp([message])).toEqual({ arrived: 0, underAnotherId: [] });
    const told = async (): Promise<string[]> => {
      const feed = (await intake.get('/v1/events')).body['items'] as { requestId: string; type: string }[];
      return feed.filter(({ requestId }) => requestId === message.key).map(({ type }) => type);
    };
    // The feed waits for the oldest transaction of the cluster.
    await eventually(async () => (await told()).length > 0);
    expect(await told()).toEqual(['concordat.request-submitted.v1']);
  });

  it('publishes nothing a second time', async () => {
    await catchUp([onTopic(repair())]);
    expect(await intake.rows('select 1 from event where topic is not null')).toEqual([]);
  });

  it('names a request that its force has sent again before, under another id', async () => {
    const body = repair();
    expect((await intake.submit(body)).status).toBe(201);
    const message = onTopic(body);
    expect(await catchUp([message])).toEqual({ arrived: 0, underAnotherId: [message.key] });
  });

  it('skips messages that are not submissions', async () => {
    expect(await catchUp([{ ...onTopic(repair()), value: Buffer.from('{') }])).toEqual({
      arrived: 0,
      underAnotherId: [],
    });
  });
});
