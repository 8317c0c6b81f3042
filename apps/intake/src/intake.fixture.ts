import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import {
  AGREEMENTS_TOPIC,
  encodeEnvelope,
  forceEventsTopic,
  forceRequestsTopic,
  unitRequestsTopic,
  type AgreementPublished,
} from '#contracts';
import { newId, type Force } from '#kernel';
import { KafkaPublisher, readTopic, type KafkaSettings } from '#messaging';
import { Database } from '#persistence';
import {
  callOverHttp,
  createServiceDatabase,
  createTopics,
  DescribedAnswers,
  undescribedAnswers,
  testIdentity,
  testServers,
  uniqueSlug,
  UnitSigners,
} from '#testing';
import { loadUnitDefinitions } from '#unit';
import {
  CONNECTION_LIMITS,
  createService,
  Cursors,
  type ConnectionLimits,
  type ForceLimitTable,
  type IdentitySettings,
} from '#web';
import { intakeDocuments } from './describe-api/intake.documents.ts';
import { webhooksOf } from './answers/deliver-webhooks/webhook.config.ts';
import type { WebhookSettings } from './answers/deliver-webhooks/webhook.settings.ts';
import { createIntake } from './intake.service.ts';
import { learnAgreements } from './registers/know-agreements/agreement.store.ts';
import { INTAKE_MIGRATIONS } from './schema/intake.migrations.ts';

/** Starts intake on its own database, with forces that no other test uses. */
export type IntakeUnderTest = Awaited<ReturnType<typeof startIntake>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The tests assert the shape that they expect.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into answers of every shape
  readonly body: Record<string, any>;
}

interface SendOptions {
  readonly force?: string;
  readonly token?: string;
  readonly key?: string;
  readonly ifMatch?: string;
  readonly body?: unknown;
}

const UNITS = ['fleet', 'crime-recording'];
/** Nobody listens at this address, as if Kafka were away. */
const NO_BROKER = '127.0.0.1:1';

/** A limit that no test reaches. */
const UNLIMITED: ForceLimitTable = new Map([['*', { perSecond: 10_000, atOnce: 10_000 }]]);

/** Defaults for a submission; a test that needs another value passes it. */
const AS_CONFIGURED: Partial<WebhookSettings> = {};
const NO_OTHER_LIMITS: Partial<ConnectionLimits> = {};
const WEBHOOKS = webhooksOf({
  webhookRetrySeconds: [5, 300, 1_800, 7_200, 18_000],
  webhookTimeoutSeconds: 10,
  webhookLocalDestinations: [],
});

/**
 * `sandbox: true` adds a sandbox force whose steps take no time. `consuming: false` leaves the consumers out.
 * `kafka: false` names a broker that does not exist. `issuer` replaces the one inside the test.
 */
export async function startIntake({
  consuming = false,
  kafka = true,
  catalogue = 'deploy/catalogue.json',
  forceLimits = UNLIMITED,
  units = UNITS,
  webhooks = AS_CONFIGURED,
  sandbox = false,
  issuer = undefined as IdentitySettings | undefined,
  connections = NO_OTHER_LIMITS,
} = {}) {
  const [first, second, third] = [
    forceNamed('north'),
    forceNamed('south'),
    { ...forceNamed('testshire'), sandbox: true },
  ] as const;
  const forces: [Force, Force, ...Force[]] = sandbox ? [first, second, third] : [first, second];
  const servers = testServers();
  const settings: KafkaSettings = {
    brokers: kafka ? servers.kafkaBrokers.split(',') : [NO_BROKER],
    ...servers.kafkaAdmin,
    tls: false,
    clientId: 'intake-under-test',
    log: () => undefined,
  };
  const database = await createServiceDatabase({ service: 'intake', migrations: INTAKE_MIGRATIONS });
  if (kafka) {
    const ofForces = forces.flatMap(({ slug }) => [forceRequestsTopic(slug), forceEventsTopic(slug)]);
    await createTopics([...ofForces, ...units.map(unitRequestsTopic)], 2);
    await createTopics([AGREEMENTS_TOPIC], 1);
  }
  const identity = await testIdentity({ service: 'intake' });
  const definitions = await loadUnitDefinitions(units);
  const signers = new UnitSigners([...units, 'legal']);
  const cursorKeys = { current: randomBytes(32) };
  const service = await createIntake(
    {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: database.appUrl,
      kafkaBrokers: settings.brokers,
      kafkaUsername: settings.username,
      kafkaPassword: settings.password,
      kafkaTls: false,
      kafkaSessionSeconds: 30,
      identity: issuer ?? identity.identity,
      catalogue,
      logLevel: 'fatal',
      forceLimits,
      readRowsAtOnce: 1_000,
      refusedBodiesKeptDays: undefined,
      forces,
      sandboxStepSeconds: 0,
      webhooks: { ...WEBHOOKS, ...webhooks },
      connections: { ...CONNECTION_LIMITS, ...connections },
      unitKeys: signers.all(),
      cursorKeys,
    },
    { definitions, kafkaLog: () => undefined },
  );
  Logger.overrideLogger(false);
  const { app } = await createService(service);
  const undescribed = undescribedAnswers(app, new DescribedAnswers(intakeDocuments(definitions).openApi));
  await app.listen(0, '127.0.0.1');
  if (consuming) await app.startAllMicroservices();
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const own = await Database.open({ url: database.appUrl, applicationName: 'test', poolMax: 2 });
  const tokens = new Map(
    await Promise.all(forces.map(async ({ slug }) => [slug, await identity.forceToken(slug)] as const)),
  );
  const [force, other] = [first.slug, second.slug];
  /** One connection for all messages, opened with the first of them. */
  let publisher: Promise<KafkaPublisher> | undefined;

  /** Fails the test if an answer does not match the description of its route. */
  const refuseUndescribed = (): void => {
    const faults = undescribed.splice(0);
    if (faults.length > 0) throw new Error(`Answers that are not as described:\n${faults.join('\n')}`);
  };

  /** Sends one call exactly as it is given. */
  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    sent?: string,
  ): Promise<Answer> => {
    const {
      status,
      headers: given,
      text,
    } = await callOverHttp(url, { method, path, headers, ...(sent !== undefined && { body: sent }) });
    refuseUndescribed();
    return { status, headers: given, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
  };

  const send = (
    method: string,
    path: string,
    { force: as = force, token, key, ifMatch, body }: SendOptions = {},
  ): Promise<Answer> =>
    call(
      method,
      path,
      {
        authorization: `Bearer ${token ?? tokens.get(as) ?? ''}`,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    );

  return {
    app,
    url,
    identity,
    database,
    own,
    settings,
    forces,
    force,
    other,
    sandbox: third.slug,
    cursors: new Cursors(cursorKeys),
    call,
    send,
    submit: (body: unknown, key: string = newId(), as: string = force) =>
      send('POST', '/v1/requests', { body, key, force: as }),
    get: (path: string, as: string = force) => send('GET', path, { force: as }),
    /** Stores an agreement at once, as if it had come over Kafka. */
    agree: (changes: Partial<AgreementPublished> = {}) =>
      own.transaction([], (client) => learnAgreements(client, [agreementOf([force], changes)])),
    /** Reads rows as the application role sees them for a force, or for none. */
    rows: async <Row>(
      text: string,
      as: readonly string[] = [force],
      values: unknown[] = [],
    ): Promise<Row[]> =>
      own.transaction(as, async (client) => (await client.query(text, values)).rows as Row[]),
    /**
     * Makes every receipt of the key fail as if another transaction had stored it. `tries` counts the
     * attempts; `end` stops this.
     */
    losingRacesFor: async (key: string) => {
      const owner = await Database.open({
        url: database.ownerUrl,
        applicationName: 'test-races',
        poolMax: 1,
      });
      const run = async (sql: string) =>
        (await owner.transaction([], (client) => client.query<{ n: number }>(sql))).rows;
      // A sequence also counts attempts that were rolled back.
      await run(`create sequence races;
        create function lose_race() returns trigger language plpgsql security definer as $$
        begin perform nextval('public.races'); raise exception 'lost' using errcode = '23505'; end $$;
        create trigger lose_race before insert on receipt for each row when (new.key = '${key}') execute function lose_race()`);
      return {
        tries: async (): Promise<number> =>
          (await run('select case when is_called then last_value else 0 end::float8 as n from races'))[0]
            ?.n ?? 0,
        end: async (): Promise<void> => {
          await run('drop trigger lose_race on receipt; drop function lose_race; drop sequence races');
          await owner.close();
        },
      };
    },
    /** Does the work while nothing can be stored: requests wait, and are stored afterwards. */
    whileNothingIsStored: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const owner = await Database.open({ url: database.ownerUrl, applicationName: 'test-lock', poolMax: 1 });
      const locked = owner.transaction([], async (client) => {
        await client.query('lock table request in access exclusive mode');
        return work();
      });
      return locked.finally(() => owner.close());
    },
    signers,
    /** Signs a message whose source is a unit with the key of that unit, unless it is signed already. */
    publish: async (topic: string, messages: Parameters<KafkaPublisher['publish']>[1]) => {
      publisher ??= KafkaPublisher.connect(settings);
      await (
        await publisher
      ).publish(
        topic,
        messages.map((message) => signers.signed(topic, message)),
      );
    },
    topic: (name: string) => readTopic(settings, name, 'test.'),
    stop: async () => {
      await (await publisher)?.close();
      await app.close();
      for (const step of service.drain) await step();
      await own.close();
      await database.drop();
      refuseUndescribed();
    },
  };
}

function forceNamed(name: string): Force {
  const slug = uniqueSlug(name);
  return { slug, name: `${slug} Police`, code: '99', sandbox: false };
}

export function agreementOf(
  participants: string[],
  changes: Partial<AgreementPublished> = {},
): AgreementPublished {
  const unit = changes.unit ?? 'fleet';
  return {
    agreementId: `test.${unit}.${participants[0] ?? ''}`,
    functionId: 'F2',
    title: `Agreement for a test: ${unit}`,
    unit,
    participants,
    status: 'live',
    from: '2024-04-01',
    edition: 1,
    demonstration: true,
    delegations: [],
    ...changes,
  };
}

/**
 * The submission that the README sends, valid and invented. One sample serves documents, tests and
 * measurements.
 */
const SAMPLE = JSON.parse(readFileSync('deploy/local/first-request.json', 'utf8')) as {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** A valid vehicle-repair with a new reference. */
export function repair(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { type, payload } = SAMPLE;
  return { type, reference: `R-${newId()}`, payload: { ...payload }, ...changes };
}

/** A message as a force publishes it. */
export function submission(
  body: unknown,
  {
    id = newId(),
    owningForce,
    type = 'concordat.submit-request.v1',
  }: { id?: string; owningForce?: string; type?: string } = {},
) {
  return wire(
    encodeEnvelope(
      {
        id,
        source: '/force/test',
        type,
        time: new Date().toISOString(),
        value: body,
        ...(owningForce !== undefined && { owningForce }),
      },
      'k',
    ),
  );
}

/** Turns an encoded envelope into the form that a publisher accepts. */
export function wire({ key, headers, value }: ReturnType<typeof encodeEnvelope>) {
  return { key, headers: { ...headers }, value: value ?? Buffer.alloc(0) };
}

/** A valid payload of any request type of the units here. */
export async function examplePayload(type: string): Promise<Record<string, unknown>> {
  const types = (await loadUnitDefinitions(UNITS)).flatMap(({ requestTypes }) => requestTypes);
  return types.find(({ name }) => name === type)?.examples[0]?.payload ?? {};
}
