import { AGREEMENTS_TOPIC, serviceGroupPrefix, unitRequestsTopic, type SigningKeys } from '#contracts';
import { KafkaTransport, OutboxRelay, type KafkaSettings, type Subscription } from '#messaging';
import {
  Database,
  databaseHealth,
  isDatabaseUnavailable,
  OpenTransactionWatch,
  PostgresDeadLetters,
  PostgresOutbox,
  refuseUnsafeDatabase,
} from '#persistence';
import {
  Cursors,
  type ConnectionLimits,
  type CursorKeys,
  type IdentitySettings,
  type ServiceParts,
} from '#web';
import { WorkingCalendar, type Force } from '#kernel';
import { BulkWorker } from './bulk-changes/bulk-worker.ts';
import { unitMigrations } from './schema/unit-migrations.ts';
import { keepUntaken } from './arrive/untaken-requests.ts';
import type { UnitDefinition } from './unit-definition.ts';
import type { WorkingTerms } from './working-terms.ts';
import { UnitModule } from './unit.module.ts';
import { UnitRuntime } from './unit-runtime.ts';

export interface UnitServiceSettings extends Partial<WorkingTerms> {
  readonly databaseUrl: string;
  readonly kafka: Omit<KafkaSettings, 'clientId'>;
  readonly identity: Omit<IdentitySettings, 'unit'>;
  readonly forces: readonly Force[];
  /** The keys with which the unit signs its events; intake accepts no others in this unit's name. */
  readonly signingKeys: SigningKeys;
  readonly cursorKeys: CursorKeys;
  /** Without it, the defaults apply. */
  readonly connections?: ConnectionLimits;
}

/**
 * Builds a unit's service, which does not listen yet. `runUnit` runs it, and tests run it in their own
 * process.
 */
export async function createUnitService(
  definition: UnitDefinition,
  settings: UnitServiceSettings,
): Promise<ServiceParts & { readonly unit: UnitRuntime }> {
  const { slug } = definition;
  const database = await Database.open({ url: settings.databaseUrl, applicationName: slug });
  await refuseUnsafe(database);
  const kafka = { ...settings.kafka, clientId: slug };
  const forces = settings.forces.map((force) => force.slug);
  const deadLetters = new PostgresDeadLetters(database, forces);
  const { signingKeys } = settings;
  const source = new PostgresOutbox(database, { forces });
  const relay = new OutboxRelay({ settings: kafka, source, isTransient: isDatabaseUnavailable, signingKeys });
  const transactions = new OpenTransactionWatch(database);
  const strategy = new KafkaTransport({
    settings: kafka,
    subscriptions: unitSubscriptions(slug),
    deadLetters: { keep: (letters) => keepUntaken(unit, letters) },
    isTransient: isDatabaseUnavailable,
  });
  const unit = new UnitRuntime(definition, {
    database,
    deadLetters,
    forces: settings.forces,
    calendar: new WorkingCalendar(settings.workingHours),
    urgency: settings.urgency,
    published: () => relay.nudge(),
  });
  const bulkWorker = new BulkWorker(unit);
  return {
    unit,
    module: UnitModule.of(unit, new Cursors(settings.cursorKeys), bulkWorker),
    identity: { ...settings.identity, unit: slug },
    strategy,
    health: [
      databaseHealth(database, unitMigrations(definition)),
      strategy.health(),
      relay.health(),
      transactions.health(),
    ],
    isUnavailable: isDatabaseUnavailable,
    ...(settings.connections && { connections: settings.connections }),
    // The relay does not wait for the port, so that events of the last process are published at once.
    beforeListen: async () => {
      relay.start();
      transactions.start();
      bulkWorker.start();
    },
    drain: [() => bulkWorker.stop(), () => transactions.stop(), () => relay.stop(), () => database.close()],
  };
}

/** Every topic that the unit reads. After a restore it reads each of them again from the beginning. */
export function unitSubscriptions(slug: string): Subscription[] {
  const subscription = (pattern: string, topic: string): Subscription => ({
    pattern,
    topic,
    groupId: `${serviceGroupPrefix(slug)}${topic}`,
    fromBeginning: true,
  });
  return [
    subscription('unit-requests', unitRequestsTopic(slug)),
    subscription('agreements', AGREEMENTS_TOPIC),
  ];
}

async function refuseUnsafe(database: Database): Promise<void> {
  const client = await database.connect();
  try {
    await refuseUnsafeDatabase(client);
  } catch (error) {
    client.release();
    await database.close();
    throw error;
  }
  client.release();
}
