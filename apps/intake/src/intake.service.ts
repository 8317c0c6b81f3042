import type { CustomTransportStrategy } from '@nestjs/microservices';
import { parseCatalogue, unitsOf } from '#agreements';
import {
  AGREEMENTS_TOPIC,
  forceEventsTopic,
  forceRequestsTopic,
  serviceGroupPrefix,
  type UnitKeys,
} from '#contracts';
import { UNATTRIBUTED, type Force } from '#kernel';
import { KafkaTransport, OutboxRelay, type LogLine, type Subscription } from '#messaging';
import {
  databaseHealth,
  isDatabaseUnavailable,
  OpenTransactionWatch,
  PostgresDeadLetters,
  PostgresOutbox,
  refuseUnsafeDatabase,
  Database,
} from '#persistence';
import { loadUnitDefinitions, type UnitDefinition } from '#unit';
import {
  ConfigurationError,
  Cursors,
  ForceLimits,
  ServedOpenApi,
  type HealthCheck,
  type IdentitySettings,
  type ServiceParts,
} from '#web';
import { readFile } from 'node:fs/promises';
import { countDeadLetters } from './answers/count-requests/count-requests.ts';
import { ServedAsyncApi } from './describe-api/async-api.controller.ts';
import { intakeDocuments } from './describe-api/intake.documents.ts';
import { ForceDeliveries } from './answers/deliver-webhooks/force-deliveries.ts';
import { ForceRegister } from './registers/force.register.ts';
import type { IntakeConfig } from './intake.config.ts';
import { intakeModule } from './intake.module.ts';
import { RefusalErasure } from './take-in/keep-refusals/refusal-erasure.ts';
import { RefusedLetters } from './take-in/keep-refusals/refused-letters.ts';
import { WebhookDestinations } from './answers/manage-webhooks/webhook.destinations.ts';
import { ReadShares } from './answers/read-shares.ts';
import { RequestTypeDirectory } from './registers/request-types/request-type.directory.ts';
import { SandboxResponder } from './sandbox/sandbox-responder.ts';
import { INTAKE_MIGRATIONS } from './schema/intake.migrations.ts';
import { RaceLost } from './take-in/races.ts';
import { SubmissionStore } from './take-in/submission.store.ts';
import { SubmitRequest } from './take-in/submission.pipeline.ts';

/** The parts that a test may replace. */
export interface IntakeOverrides {
  readonly keys?: IdentitySettings['keys'];
  readonly definitions?: readonly UnitDefinition[];
  readonly kafkaLog?: LogLine;
}

/** The whole of intake: its processes, its required systems, and the order in which it stops. */
export async function createIntake(
  config: IntakeConfig,
  overrides: IntakeOverrides = {},
): Promise<ServiceParts & { strategy: CustomTransportStrategy }> {
  const catalogue = parseCatalogue(await readFile(config.catalogue));
  const definitions = overrides.definitions ?? (await loadUnitDefinitions(unitsOf(catalogue)));
  const keys = config.unitKeys;
  refuseMissingKeys(keys, definitions);
  const forces = new ForceRegister(config.forces);
  const types = new RequestTypeDirectory(definitions, catalogue.neverShared);

  const database = await Database.open({
    url: config.databaseUrl,
    applicationName: 'concordat-intake',
    poolMax: 12,
  });
  const client = await database.connect();
  await refuseUnsafeDatabase(client).finally(() => client.release());

  const settings = {
    brokers: [...config.kafkaBrokers],
    username: config.kafkaUsername,
    password: config.kafkaPassword,
    tls: config.kafkaTls,
    sessionSeconds: config.kafkaSessionSeconds,
    clientId: 'concordat-intake',
    ...(overrides.kafkaLog && { log: overrides.kafkaLog }),
  };
  const isTransient = (error: unknown): boolean => isDatabaseUnavailable(error) || error instanceof RaceLost;
  const relay = new OutboxRelay({
    settings,
    source: new PostgresOutbox(database, { forces: forces.slugs }),
    isTransient,
  });
  const transactions = new OpenTransactionWatch(database);
  const sandboxes = config.forces.filter(({ sandbox }) => sandbox).map(({ slug }) => slug);
  const responders = new Map(
    sandboxes.map((force) => [
      force,
      new SandboxResponder(database, definitions, {
        force,
        stepMs: config.sandboxStepSeconds * 1_000,
        onSteps: () => relay.nudge(),
      }),
    ]),
  );
  const onStored = (force: string): void => {
    relay.nudge();
    responders.get(force)?.nudge();
  };
  const { openApi, asyncApi } = intakeDocuments(definitions);
  const pipeline = new SubmitRequest(database, types, new SubmissionStore(database), onStored);
  const cursors = new Cursors(config.cursorKeys);
  const deliveries = forces.slugs.map(
    (force) => new ForceDeliveries(database, types, force, config.webhooks, cursors),
  );
  const transport = new KafkaTransport({
    settings,
    subscriptions: intakeSubscriptions(config.forces),
    deadLetters: new RefusedLetters(database, new PostgresDeadLetters(database, forces.slugs), onStored),
    isTransient,
  });

  const destinations = new WebhookDestinations(config.webhooks);
  const erasure = new RefusalErasure(database, forces.slugs, config.refusedBodiesKeptDays);
  const shares = new ReadShares(config.readRowsAtOnce);
  return {
    module: intakeModule({
      database,
      forces,
      keys,
      types,
      onStored,
      pipeline,
      openApi: new ServedOpenApi(openApi),
      asyncApi: new ServedAsyncApi(asyncApi),
      destinations,
      cursors,
      shares,
    }),
    identity: { ...config.identity, ...(overrides.keys && { keys: overrides.keys }) },
    strategy: transport,
    health: [
      databaseHealth(database, INTAKE_MIGRATIONS),
      transport.health({ servesWithoutKafka: true }),
      relay.health(),
      transactions.health(),
      deadLetterCheck(database, forces.slugs),
    ],
    drain: [
      () => transactions.stop(),
      () => pipeline.drained(),
      () => stopAll([...responders.values()]),
      () => relay.stop(),
      () => stopAll([...deliveries, erasure]),
      () => database.close(),
    ],
    isUnavailable: isDatabaseUnavailable,
    limits: new ForceLimits(config.forceLimits),
    connections: config.connections,
    beforeListen: async () => {
      relay.start();
      transactions.start();
      for (const part of [...deliveries, ...responders.values(), erasure]) part.start();
    },
  };
}

/**
 * A unit without a key could publish nothing. It is better to fail at the start than to find its events among
 * the dead letters.
 */
function refuseMissingKeys(keys: UnitKeys, definitions: readonly UnitDefinition[]): void {
  const missing = definitions.map(({ slug }) => slug).filter((slug) => !keys.has(slug));
  if (missing.length === 0) return;
  throw new ConfigurationError([
    `UNIT_KEYS has no key for ${missing.join(', ')}. Add it with \`npm run unit-keys\``,
  ]);
}

async function stopAll(parts: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
}

/** Every topic that intake reads. After a restore it reads each of them again from the beginning. */
export function intakeSubscriptions(forces: readonly Force[]): Subscription[] {
  return forces.flatMap(subscriptionsOf).concat(subscription('agreements', AGREEMENTS_TOPIC));
}

/** Intake writes the events of a sandbox itself, so they are in the feed already. */
function subscriptionsOf({ slug, sandbox }: Force): Subscription[] {
  const requests = subscription('force-requests', forceRequestsTopic(slug));
  return sandbox ? [requests] : [requests, subscription('force-events', forceEventsTopic(slug))];
}

function subscription(pattern: string, topic: string): Subscription {
  return { pattern, topic, groupId: `${serviceGroupPrefix('intake')}${topic}`, fromBeginning: true };
}

/** Dead letters never make the service unhealthy. Their number is in the log for the operator. */
function deadLetterCheck(database: Database, forces: readonly string[]): HealthCheck {
  return {
    name: 'dead-letters',
    check: async () => ({
      ok: true,
      figures: { kept: await countDeadLetters(database, [...forces, UNATTRIBUTED]) },
    }),
  };
}
