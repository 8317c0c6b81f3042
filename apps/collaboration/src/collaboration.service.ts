import { Module, type DynamicModule } from '@nestjs/common';
import { OutboxRelay, type LogLine } from '#messaging';
import { Database, databaseHealth, isDatabaseUnavailable, PostgresOutbox, refuseUnsafeDatabase } from '#persistence';
import type { HealthCheck, ServiceParts } from '#web';
import type { CollaborationConfig } from './collaboration.config.ts';
import { AgreementsPublisher, ALLIANCE_OWNER } from './publish-agreements/agreements.publisher.ts';
import { CatalogueWatch } from './publish-agreements/catalogue.watch.ts';
import { FunctionsController } from './read-functions/functions.controller.ts';
import { COLLABORATION_MIGRATIONS } from './schema/collaboration.migrations.ts';

@Module({})
class CollaborationModule {}

/** Collaboration, whole: it publishes the catalogue's agreements before its port opens. */
export async function createCollaboration(config: CollaborationConfig, kafkaLog?: LogLine): Promise<ServiceParts> {
  const database = await Database.open({ url: config.databaseUrl, applicationName: 'concordat-collaboration', poolMax: 4 });
  const client = await database.connect();
  await refuseUnsafeDatabase(client).finally(() => client.release());
  const relay = new OutboxRelay({
    settings: {
      brokers: config.kafkaBrokers,
      username: config.kafkaUsername,
      password: config.kafkaPassword,
      tls: config.kafkaTls,
      clientId: 'concordat-collaboration',
      ...(kafkaLog && { log: kafkaLog }),
    },
    source: new PostgresOutbox(database, { forces: [ALLIANCE_OWNER] }),
    isTransient: isDatabaseUnavailable,
  });
  const watch = new CatalogueWatch(config.catalogue, new AgreementsPublisher(database, () => relay.nudge()));
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
    health: [databaseHealth(database, COLLABORATION_MIGRATIONS), relayCheck(relay)],
    isUnavailable: isDatabaseUnavailable,
    beforeListen: async () => {
      await watch.start();
      relay.start();
    },
    drain: [() => watch.stop(), () => relay.stop(), () => database.close()],
  };
}

function relayCheck(relay: OutboxRelay): HealthCheck {
  return { name: 'relay', check: async () => ({ ok: true, ...(relay.status().failing !== null && { detail: 'waiting to publish' }) }) };
}
