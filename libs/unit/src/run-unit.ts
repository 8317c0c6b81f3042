import { migrate } from '#persistence';
import { runService } from '#web';
import { readMigrationConfig, readUnitConfig } from './unit.config.ts';
import { unitMigrations } from './schema/unit-migrations.ts';
import { createUnitService } from './unit-service.ts';
import type { UnitDefinition } from './unit-definition.ts';

/**
 * The whole of a unit's `main.ts`: runs the service, or with the argument `migrate` brings its database up to date
 * and ends.
 */
export async function runUnit(definition: UnitDefinition): Promise<void> {
  const { slug } = definition;
  if (process.argv[2] === 'migrate') {
    const { url, applicationRole } = readMigrationConfig(slug, process.env);
    await migrate(url, unitMigrations(definition), applicationRole);
    return;
  }
  await runService({
    service: slug,
    config: () => readUnitConfig(slug, process.env),
    create: (config) => createUnitService(definition, config),
  });
}
