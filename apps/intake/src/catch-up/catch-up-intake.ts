import { parseCatalogue, unitsOf } from '#agreements';
import { serviceGroupPrefix, unitRequestsTopic } from '#contracts';
import { rewindGroups, scanTopic } from '#messaging';
import { Database } from '#persistence';
import { loadUnitDefinitions } from '#unit';
import { readFile } from 'node:fs/promises';
import type { IntakeConfig } from '../intake.config.ts';
import { intakeSubscriptions } from '../intake.service.ts';
import { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { CatchUp, type CatchUpResult } from './catch-up.ts';

/**
 * Runs after a restore and before the service starts: restores the requests that the units have, then lets
 * the consumers begin at the start of every topic. Kafka is read with the user of the configuration,
 * because intake itself may not read the units' topics.
 */
export async function catchUpIntake(config: IntakeConfig): Promise<CatchUpResult> {
  const catalogue = parseCatalogue(await readFile(config.catalogue));
  const units = unitsOf(catalogue);
  const types = new RequestTypeDirectory(await loadUnitDefinitions(units), catalogue.neverShared);
  const settings = {
    ...{
      brokers: [...config.kafkaBrokers],
      username: config.kafkaUsername,
      password: config.kafkaPassword,
      tls: config.kafkaTls,
    },
    clientId: 'concordat-intake-catch-up',
  };
  const prefix = serviceGroupPrefix('intake');
  const database = await Database.open({
    url: config.databaseUrl,
    applicationName: 'concordat-intake-catch-up',
  });
  try {
    const catchUp = new CatchUp(database, types);
    for (const unit of units) {
      await scanTopic(settings, unitRequestsTopic(unit), prefix, (batch) =>
        catchUp.takeSubmitted(unit, batch),
      );
    }
    await rewindGroups(
      settings,
      intakeSubscriptions(config.forces).map(({ groupId }) => groupId),
    );
    return catchUp.report();
  } finally {
    await database.close();
  }
}
