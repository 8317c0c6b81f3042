import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '#client';
import { encodeEnvelope, type MessageType, type WireMessage } from '#contracts';
import { KafkaPublisher, readTopic, type KafkaSettings } from '#messaging';
import { ClientCredentials } from '#client';
import type { RunningSystem } from './running-system.ts';

export interface Submission {
  readonly type: string;
  readonly reference: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A request as its force reads it over REST. */
export interface RequestSeen {
  readonly id: string;
  readonly reference: string;
  readonly unit: string;
  readonly state: string;
  readonly sequence: number;
  readonly question: string | null;
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  readonly payload: unknown;
  readonly receivedAt: string;
}

/** One event, from the feed or from the force's topic. */
export interface EventSeen {
  readonly id: string;
  readonly type: string;
  readonly requestId: string | null;
  readonly owningForce: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

const PAGE = 1_000;

/** A force seen from outside: it can use REST, the feed, and Kafka with the force's own principal. */
export class ForceSide {
  private publisher: Promise<KafkaPublisher> | undefined;
  readonly requestsTopic: string;
  readonly eventsTopic: string;
  readonly groupPrefix: string;
  readonly kafka: KafkaSettings;

  constructor(
    readonly force: string,
    private readonly system: RunningSystem,
  ) {
    const run = system.run();
    const access = run.forces[force]?.kafka;
    if (!access) throw new Error(`${force} has no access to Kafka`);
    ({
      requestsTopic: this.requestsTopic,
      eventsTopic: this.eventsTopic,
      groupPrefix: this.groupPrefix,
    } = access);
    const { username, password } = access;
    // Warnings of the client are expected while a broker is down, so they are not logged.
    this.kafka = {
      brokers: run.kafka.brokers,
      username,
      password,
      tls: false,
      clientId: `proof-${force}`,
      log: () => undefined,
    };
  }

  /** Submits a request to intake, or to a replica of it when `at` is given. */
  submit(body: Submission, key: string = randomUUID(), at?: string): Promise<HttpAnswer> {
    return this.system
      .force(this.force, at)
      .call('/v1/requests', { method: 'POST', body, headers: { 'idempotency-key': key } });
  }

  post(
    path: string,
    body: unknown,
    key: string = randomUUID(),
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    return this.system
      .force(this.force)
      .call(path, { method: 'POST', body, headers: { 'idempotency-key': key, ...headers } });
  }

  /** Reads from intake, or from a replica of it when `at` is given. */
  get(path: string, at?: string): Promise<HttpAnswer> {
    return this.system.force(this.force, at).call(path);
  }

  /** Returns the authorisation header for calls with a body that our client cannot write. */
  async authorisation(): Promise<{ authorization: string }> {
    const run = this.system.run();
    const access = run.forces[this.force];
    if (!access) throw new Error(`${this.force} has no development client`);
    return {
      authorization: `Bearer ${await new ClientCredentials({ issuer: run.urls.identity, ...access }).token()}`,
    };
  }

  /** The request with one of the force's own references. */
  async find(reference: string): Promise<RequestSeen | undefined> {
    const { body } = expectStatus(
      200,
      await this.get(`/v1/requests?reference=${encodeURIComponent(reference)}`),
    );
    return (body as { items: RequestSeen[] }).items[0];
  }

  async read(id: string): Promise<RequestSeen> {
    return expectStatus(200, await this.get(`/v1/requests/${id}`)).body as RequestSeen;
  }

  /** Lists every request of the force that changed since then. */
  list(updatedSince: string): Promise<RequestSeen[]> {
    return this.readPages<RequestSeen>(
      `/v1/requests?limit=${PAGE}&updatedSince=${encodeURIComponent(updatedSince)}`,
      'cursor',
    );
  }

  listRefusals(): Promise<
    {
      code: string;
      reference: string | null;
      messageId: string | null;
      body: unknown;
      bytes: string | null;
    }[]
  > {
    return this.readPages(`/v1/refusals?limit=${PAGE}`, 'cursor');
  }

  /** The cursor of the present end of the feed. */
  async readFeedEnd(): Promise<string> {
    return (await this.readFeedAfter(undefined)).next;
  }

  /** Every event after this cursor of the feed. */
  async readFeed(after?: string): Promise<EventSeen[]> {
    return (await this.readFeedAfter(after)).events;
  }

  /** Every event on the force's events topic, in order per request. */
  async readEventsTopic(): Promise<EventSeen[]> {
    const messages = await readTopic(this.kafka, this.eventsTopic, this.groupPrefix);
    return messages.map(({ headers, value }): EventSeen => {
      const data = JSON.parse(value?.toString('utf8') ?? '{}') as Record<string, unknown>;
      const requestId = typeof data['requestId'] === 'string' ? data['requestId'] : null;
      return {
        id: headers['ce_id'] ?? '',
        type: headers['ce_type'] ?? '',
        requestId,
        owningForce: headers['ce_owningforce'],
        data,
      };
    });
  }

  /** Publishes a message and returns when the broker has confirmed it. */
  async publish(type: MessageType, value: object, key: string, id: string = randomUUID()): Promise<void> {
    const envelope = { id, source: `/force/${this.force}`, type, time: new Date().toISOString(), value };
    await this.publishRaw([encodeEnvelope(envelope, key)]);
  }

  submitByKafka(submission: Submission, id: string = randomUUID()): Promise<void> {
    return this.publish('concordat.submit-request.v1', submission, submission.reference, id);
  }

  /** Publishes bytes and headers unchanged, even when they are malformed. */
  async publishRaw(messages: readonly WireMessage[]): Promise<void> {
    this.publisher ??= KafkaPublisher.connect(this.kafka);
    await (await this.publisher).publish(this.requestsTopic, messages);
  }

  /** Returns the plain Kafka library without retries, as a system without our code uses it. */
  createKafkaClient(): Kafka {
    const { brokers, username, password } = this.kafka;
    return new kafkajs.Kafka({
      clientId: `proof-${this.force}`,
      brokers: [...brokers],
      sasl: { mechanism: 'scram-sha-512', username, password },
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    });
  }

  /** Publishes the messages as one compressed batch. */
  async publishPacked(messages: readonly Message[]): Promise<void> {
    const producer = this.createKafkaClient().producer();
    await producer.connect();
    try {
      await producer.send({
        topic: this.requestsTopic,
        acks: -1,
        compression: kafkajs.CompressionTypes.GZIP,
        messages: [...messages],
      });
    } finally {
      await producer.disconnect();
    }
  }

  async close(): Promise<void> {
    await (await this.publisher)?.close();
  }

  private async readFeedAfter(start: string | undefined): Promise<{ events: EventSeen[]; next: string }> {
    const events: EventSeen[] = [];
    let after = start;
    for (;;) {
      const { body } = expectStatus(
        200,
        await this.get(`/v1/events?limit=${PAGE}${after === undefined ? '' : `&after=${after}`}`),
      );
      const page = body as { items: EventSeen[]; next: string };
      events.push(...page.items);
      after = page.next;
      if (page.items.length === 0) return { events, next: after };
    }
  }

  private async readPages<Item>(path: string, parameter: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const { body } = expectStatus(
        200,
        await this.get(cursor === undefined ? path : `${path}&${parameter}=${cursor}`),
      );
      const page = body as { items: Item[]; next?: string };
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return items;
  }
}

/** Returns the answer, or throws an error with its body when the status is different. */
export function expectStatus(status: number, answer: HttpAnswer): HttpAnswer {
  if (answer.status !== status)
    throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
