import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { AGREEMENTS_TOPIC } from '#contracts';
import { OutboxRelay, type KafkaSettings, type LogLine } from '#messaging';
import {
  Database,
  databaseHealth,
  isDatabaseUnavailable,
  OpenTransactionWatch,
  PostgresOutbox,
  refuseUnsafeDatabase,
} from '#persistence';
import type { ServiceParts } from '#web';
import type { CollaborationConfig } from './collaboration.config.ts';
import { AgreementsPublisher, ALLIANCE_OWNER } from './publish-agreements/agreements.publisher.ts';
import { CatalogueWatch } from './publish-agreements/catalogue.watch.ts';
import { publishedAgreements } from './publish-agreements/published-agreements.ts';
import { FunctionsController } from './read-functions/functions.controller.ts';
import { COLLABORATION_MIGRATIONS } from './schema/collaboration.migrations.ts';

@Module({})
class CollaborationModule {}

/** Options for tests: a log of kafkajs, and an own topic. */
export interface CollaborationOverrides {
  readonly kafkaLog?: LogLine;
  readonly topic?: string;
}

/**
 * The whole service. Before its port opens, it reads the topic and publishes the catalogue's agreements. It
 * does not start without Kafka, because it would not know the number of the next edition
 * (docs/decisions/0010).
 */
export async function createCollaboration(
  config: CollaborationConfig,
  { kafkaLog, topic = AGREEMENTS_TOPIC }: CollaborationOverrides = {},
): Promise<ServiceParts> {
  const database = await Database.open({
    url: config.databaseUrl,
    applicationName: 'concordat-collaboration',
    poolMax: 4,
  });
  const client = await database.connect();
  await refuseUnsafeDatabase(client).finally(() => client.release());
  const settings: KafkaSettings = {
    brokers: config.kafkaBrokers,
    username: config.kafkaUsername,
    password: config.kafkaPassword,
    tls: config.kafkaTls,
    sessionSeconds: config.kafkaSessionSeconds,
    clientId: 'concordat-collaboration',
    ...(kafkaLog && { log: kafkaLog }),
  };
  const relay = new OutboxRelay({
    settings,
    source: new PostgresOutbox(database, { forces: [ALLIANCE_OWNER] }),
    isTransient: isDatabaseUnavailable,
  });
  const transactions = new OpenTransactionWatch(database);
  const publisher = new AgreementsPublisher(database, () => relay.nudge(), topic);
  const watch = new CatalogueWatch(config.catalogue, publisher);
  const module: DynamicModule = {
    module: CollaborationModule,
    controllers: [FunctionsController],
    providers: [
      { provide: Database, useValue: database },
      { provide: CatalogueWatch, useValue: watch },
    ],
  };
  return {
    module,
    identity: config.identity,
    health: [databaseHealth(database, COLLABORATION_MIGRATIONS), relay.health(), transactions.health()],
    isUnavailable: isDatabaseUnavailable,
    connections: config.connections,
    beforeListen: async () => {
      for (const { agreement, edition } of await publisher.adopt(
        await publishedAgreements(settings, topic),
      )) {
        new Logger('agreements').warn(
          `${agreement.agreementId} is published at edition ${edition}, which this database did not have`,
        );
      }
      await watch.start();
      relay.start();
      transactions.start();
    },
    drain: [() => transactions.stop(), () => watch.stop(), () => relay.stop(), () => database.close()],
  };
}
