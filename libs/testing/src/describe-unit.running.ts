import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import {
  AGREEMENTS_TOPIC,
  forceEventsTopic,
  unitRequestsTopic,
  type Envelope,
  type RequestChanged,
} from '#contracts';
import { newId, type Force } from '#kernel';
import {
  KafkaPublisher,
  KafkaReader,
  type KafkaSettings,
  type OutgoingMessage,
  type ReceivedMessage,
} from '#messaging';
import {
  createUnitService,
  unitOpenApi,
  unitMigrations,
  type RequestDetail,
  type RequestType,
  type UnitDefinition,
} from '#unit';
import { createService, Cursors, type StaffRole } from '#web';
import { DescribedAnswers, undescribedAnswers } from './described-answers.ts';
import { eventually } from './eventually.ts';
import { callOverHttp, type HttpCall } from './http-call.ts';
import { createTopics, deleteTopics } from './kafka.ts';
import { testServers } from './test-servers.ts';
import { createServiceDatabase } from './service-database.ts';
import { testIdentity, type TestIdentity } from './test-identity.ts';
import { uniqueSlug } from './unique-slug.ts';
import { UnitSigners } from './unit-signers.ts';

/** An answer over HTTP. */
export interface Reply {
  readonly status: number;
  // The body depends on the route. Each test checks what it expects.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into answers of every shape
  readonly body: any;
  readonly etag: string | undefined;
  readonly contentType: string | undefined;
}

/** A member of staff at the unit's API. */
export class StaffMember {
  constructor(
    private readonly send: (call: HttpCall) => Promise<Reply>,
    private readonly token: string,
    readonly person: string,
  ) {}

  get(url: string): Promise<Reply> {
    return this.send({ method: 'GET', path: url, headers: this.headers() });
  }

  post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const content: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.send({
      method: 'POST',
      path: url,
      headers: { ...this.headers(), ...content, ...headers },
      ...sent,
    });
  }

  delete(url: string): Promise<Reply> {
    return this.send({ method: 'DELETE', path: url, headers: this.headers() });
  }

  /** Sends a command with the present version of the request, like an attentive person. */
  async do(command: string, id: string, body?: unknown): Promise<Reply> {
    const { etag } = await this.get(`/v1/requests/${id}`);
    return this.post(`/v1/requests/${id}/${command}`, body, etag === undefined ? {} : { 'if-match': etag });
  }

  async read(id: string): Promise<RequestDetail> {
    return (await this.get(`/v1/requests/${id}`)).body as RequestDetail;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

export interface Submitted {
  readonly force: string;
  readonly type: RequestType;
  readonly requestId?: string;
  readonly messageId?: string;
  readonly payload?: Record<string, unknown>;
  readonly forceReference?: string;
}

/** One event in the shape that a force reads from its topic. */
export interface ForceEvent {
  readonly topic: string;
  readonly type: string;
  readonly force: string | undefined;
  readonly value: RequestChanged;
}

/**
 * The service of a definition running in this process against the real parts, under a slug, forces and topics
 * that no other test has.
 */
export class RunningUnit {
  private constructor(
    readonly definition: UnitDefinition,
    readonly forces: readonly [string, string, string],
    readonly app: NestFastifyApplication,
    readonly identity: TestIdentity,
    private readonly publisher: KafkaPublisher,
    /** A connection as superuser, which row security does not bind. */
    readonly everything: pg.Client,
    readonly applicationUrl: string,
    readonly cursors: Cursors,
    private readonly send: StaffMember['send'],
    private readonly received: readonly ReceivedMessage[],
    readonly stop: () => Promise<void>,
  ) {}

  static async start(given: UnitDefinition): Promise<RunningUnit> {
    // Only the tests' own output is shown; faults show in their expectations.
    Logger.overrideLogger(false);
    const slug = uniqueSlug('u');
    const definition = { ...given, slug };
    const forces = [uniqueSlug('north'), uniqueSlug('middle'), uniqueSlug('south')] as const;
    const eventTopics = forces.map(forceEventsTopic);
    const topics = [unitRequestsTopic(slug), ...eventTopics];
    await createTopics([...topics], 2);
    await createTopics([AGREEMENTS_TOPIC], 1);
    const database = await createServiceDatabase({
      service: given.slug,
      migrations: unitMigrations(definition),
    });
    const identity = await testIdentity({ service: slug, unit: slug });
    const kafka = settingsOf(slug);
    const signers = new UnitSigners([slug]);
    const served: Force[] = forces.map((force, index) => ({
      slug: force,
      name: force,
      code: String(91 + index),
      sandbox: false,
    }));
    const cursorKeys = { current: randomBytes(32) };
    const parts = await createUnitService(definition, {
      databaseUrl: database.appUrl,
      kafka,
      identity: identity.identity,
      forces: served,
      signingKeys: signers.keysOf(slug),
      cursorKeys,
    });
    const { app } = await createService(parts);
    const undescribed = undescribedAnswers(app, new DescribedAnswers(unitOpenApi(definition)));
    await app.startAllMicroservices();
    const everything = new pg.Client({ connectionString: database.superUrl });
    await everything.connect();
    const publisher = await KafkaPublisher.connect(kafka);
    const received: ReceivedMessage[] = [];
    const reader = await KafkaReader.start({
      settings: { ...kafka, clientId: `${slug}-reader` },
      topics: eventTopics,
      groupId: `reader.${slug}`,
      onMessages: (messages) => void received.push(...messages),
    });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    /** Fails the test if an answer does not match the description of its route. */
    const refuseUndescribed = (): void => {
      const faults = undescribed.splice(0);
      if (faults.length > 0) throw new Error(`Answers that are not as described:\n${faults.join('\n')}`);
    };
    const send: StaffMember['send'] = async (call) => {
      const { status, headers, text } = await callOverHttp(url, call);
      refuseUndescribed();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      return {
        status,
        body,
        etag: headers.get('etag') ?? undefined,
        contentType: headers.get('content-type') ?? undefined,
      };
    };
    const stop = async (): Promise<void> => {
      await reader.close();
      await publisher.close();
      await everything.end();
      await app.close();
      for (const drain of parts.drain) await drain();
      await database.drop();
      await deleteTopics(topics);
      refuseUndescribed();
    };
    return new RunningUnit(
      definition,
      forces,
      app,
      identity,
      publisher,
      everything,
      database.appUrl,
      new Cursors(cursorKeys),
      send,
      received,
      stop,
    );
  }

  /** Signs in a member of staff of that role, who may see every force by default. */
  async staff(
    role: StaffRole,
    { person, forces, unit }: { person?: string; forces?: readonly string[]; unit?: string } = {},
  ): Promise<StaffMember> {
    const name = person ?? role;
    const token = await this.identity.staffToken({
      unit: unit ?? this.definition.slug,
      role,
      forces: forces ?? this.forces,
      person: name,
    });
    return new StaffMember(this.send, token, name);
  }

  /** Makes the message by which intake forwards a request of this type. */
  envelope({
    force,
    type,
    requestId = newId(),
    messageId = newId(),
    payload,
    forceReference,
  }: Submitted): Envelope & { subject: string } {
    return {
      id: messageId,
      source: '/intake',
      type: 'concordat.request-submitted.v1',
      time: new Date().toISOString(),
      subject: requestId,
      owningForce: force,
      value: {
        requestId,
        type: type.name,
        version: type.version,
        forceReference: forceReference ?? `REF-${requestId}`,
        payload: payload ?? type.examples[0]?.payload ?? {},
        receivedAt: new Date().toISOString(),
        channel: 'rest',
        submittedBy: `force-${force}`,
        agreementId: 'agreement-for-tests',
      },
    };
  }

  async publish(...envelopes: readonly Envelope[]): Promise<void> {
    await this.publisher.publishEnvelopes(unitRequestsTopic(this.definition.slug), envelopes);
  }

  async publishRaw(...messages: readonly OutgoingMessage[]): Promise<void> {
    await this.publisher.publish(unitRequestsTopic(this.definition.slug), messages);
  }

  async publishAgreement(agreement: Record<string, unknown>): Promise<void> {
    const envelope = {
      id: newId(),
      source: '/collaboration',
      type: 'concordat.agreement-published.v1',
      time: new Date().toISOString(),
    };
    await this.publisher.publishEnvelopes(AGREEMENTS_TOPIC, [
      { ...envelope, subject: String(agreement['agreementId']), value: agreement },
    ]);
  }

  /** Submits a request, waits until staff can see it, and returns its id. */
  async submit(submitted: Submitted): Promise<string> {
    const envelope = this.envelope(submitted);
    await this.publish(envelope);
    await this.arrival(submitted.force, envelope.subject);
    return envelope.subject;
  }

  async arrival(force: string, requestId: string): Promise<void> {
    await eventually(
      async () =>
        (await this.rows('select 1 from task where owning_force = $1 and id = $2', [force, requestId]))
          .length === 1,
      {
        says: `the arrival of ${requestId}`,
      },
    );
  }

  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.everything.query<Record<string, unknown>>(sql, [...values])).rows;
  }

  /** Waits for the dead letter of a force with this problem code. */
  async deadLetter(force: string, code: string, count = 1): Promise<void> {
    const kept = `select 1 from dead_letter where owning_force = $1 and problem ->> 'code' = $2`;
    await eventually(async () => (await this.rows(kept, [force, code])).length >= count, {
      says: `${count} dead letters ${code} of ${force}`,
    });
  }

  /** Returns the events about a request from the forces' topics, in order. */
  eventsOf(requestId: string): ForceEvent[] {
    return this.received
      .filter(({ headers }) => headers['ce_subject'] === requestId)
      .map(({ topic, headers, value }) => ({
        topic,
        type: headers['ce_type'] ?? '',
        force: headers['ce_owningforce'],
        value: JSON.parse(value?.toString('utf8') ?? 'null') as RequestChanged,
      }));
  }

  /** Waits for the first event of that type about the request. */
  async event(requestId: string, type: string): Promise<ForceEvent> {
    return eventually(() => this.eventsOf(requestId).find((event) => event.type === `concordat.${type}.v1`), {
      says: `${type} of ${requestId}`,
    });
  }
}

function settingsOf(clientId: string): KafkaSettings {
  const { kafkaBrokers, kafkaAdmin } = testServers();
  return { brokers: kafkaBrokers.split(','), ...kafkaAdmin, tls: false, clientId };
}
