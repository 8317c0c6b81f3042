import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '#kernel';
import { appendEvents } from '#persistence';
import { eventually } from '#testing';
import { startIntake, type Answer } from '../../intake.fixture.ts';

/** One call as a receiver got it. */
export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver of webhooks on this machine, over real HTTP. `answer` handles each call and can be changed. */
export interface Receiver {
  readonly place: string;
  readonly url: string;
  readonly calls: Received[];
  answer: (reply: ServerResponse, call: Received) => void;
  close(): Promise<void>;
}

export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (reply: ServerResponse): void => {
    reply.writeHead(status, headers).end();
  };

export async function startReceiver(): Promise<Receiver> {
  const calls: Received[] = [];
  const server: Server = createServer((request, reply) => void take(request, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = {
    place,
    url: `http://${place}/hooks`,
    calls,
    answer: answering(204),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  async function take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    const call = { id: headers['webhook-id'] ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
    calls.push(call);
    receiver.answer(reply, call);
  }
  return receiver;
}

/** Long enough for a busy machine; usually an event arrives within a second or two. */
export const PATIENCE = { withinMs: 40_000 };

/** Intake without Kafka, two receivers that its settings name, and helpers. */
export async function startWebhooks(
  settings: NonNullable<Parameters<typeof startIntake>[0]>['webhooks'] = {},
) {
  const receivers = [await startReceiver(), await startReceiver()] as const;
  const localDestinations = receivers.map(({ place }) => place);
  const intake = await startIntake({ kafka: false, webhooks: { localDestinations, ...settings } });
  const { force } = intake;

  const created = async (body: unknown): Promise<Answer> => {
    const answer = await intake.send('POST', '/v1/webhooks', { body });
    if (answer.status !== 201) throw new Error(`no webhook: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  return {
    ...intake,
    receivers,
    create: created,
    read: async (id: string): Promise<Answer['body']> => (await intake.get(`/v1/webhooks/${id}`)).body,
    deliveries: async (id: string): Promise<Answer['body'][]> =>
      (await intake.get(`/v1/webhooks/${id}/deliveries`)).body['items'] as Answer['body'][],
    change: (id: string, version: number, body: unknown) =>
      intake.send('PATCH', `/v1/webhooks/${id}`, { body, ifMatch: `"${version}"` }),
    /** Adds an event to the force's feed, as a unit's event would; returns its id. */
    happens: async ({
      requestId = newId(),
      of = force,
      type = 'concordat.request-queued.v1',
      about = 'vehicle-repair',
    } = {}) => {
      const eventId = newId();
      const event = {
        eventId,
        requestId,
        type,
        time: new Date().toISOString(),
        topic: null,
        key: null,
        source: '/unit/fleet',
      };
      await intake.own.transaction([of], (client) =>
        appendEvents(client, [{ owningForce: of, ...event, data: { type: about, requestId } }]),
      );
      return eventId;
    },
    /** Makes the next try of a waiting delivery due now. */
    timePasses: (id: string) =>
      intake.own.transaction([force], (client) =>
        client.query(
          `update webhook_delivery set next_try_at = now() - interval '1 second' where owning_force = $1 and webhook_id = $2 and state = 'waiting'`,
          [force, id],
        ),
      ),
    /** Waits until the receiver has had that many calls. */
    calls: (receiver: Receiver, count: number): Promise<Received[]> =>
      eventually(() => receiver.calls.length >= count && receiver.calls, {
        ...PATIENCE,
        says: `${count} calls`,
      }),
    stop: async () => {
      await intake.stop();
      for (const receiver of receivers) await receiver.close();
    },
  };
}

export type WebhooksUnderTest = Awaited<ReturnType<typeof startWebhooks>>;
