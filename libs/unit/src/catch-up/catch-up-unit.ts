import { forceEventsTopic, serviceGroupPrefix, UnitKeys, unitRequestsTopic } from '#contracts';
import { WorkingCalendar } from '#kernel';
import { rewindGroups, scanTopic } from '#messaging';
import { Database, PostgresDeadLetters } from '#persistence';
import type { UnitConfig } from '../unit.config.ts';
import type { UnitDefinition } from '../unit-definition.ts';
import { unitSubscriptions } from '../unit-service.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { CatchUp, type CatchUpReport } from './catch-up.ts';

/**
 * Catches up with the topics after a restore, before the service starts. Then the consumers begin at the
 * start of every topic again, for requests whose arrival was never published, and for agreements. The
 * configuration names a Kafka user that may read the forces' topics, because the unit's own user may not.
 */
export async function catchUpUnit(definition: UnitDefinition, config: UnitConfig): Promise<CatchUpReport> {
  const { slug } = definition;
  const database = await Database.open({ url: config.databaseUrl, applicationName: `${slug}-catch-up` });
  try {
    const forces = config.forces.map((force) => force.slug);
    const unit = new UnitRuntime(definition, {
      database,
      deadLetters: new PostgresDeadLetters(database, forces),
      forces: config.forces,
      calendar: new WorkingCalendar(config.workingHours),
    });
    const settings = { ...config.kafka, clientId: `${slug}-catch-up` };
    const prefix = serviceGroupPrefix(slug);
    const topic = unitRequestsTopic(slug);
    const catchUp = new CatchUp(unit, new UnitKeys({ [slug]: config.signingKeys }));
    for (const force of forces)
      await scanTopic(settings, forceEventsTopic(force), prefix, (batch) =>
        catchUp.notePublished(force, batch),
      );
    await scanTopic(settings, topic, prefix, (batch) => catchUp.takeSubmitted(batch));
    const report = await catchUp.finish();
    await rewindGroups(
      settings,
      unitSubscriptions(slug).map(({ groupId }) => groupId),
    );
    return report;
  } finally {
    await database.close();
  }
}
