import { migrate } from '#persistence';
import { ConfigurationError, runService } from '#web';
import { catchUpUnit } from './catch-up/catch-up-unit.ts';
import { readMigrationConfig, readUnitConfig } from './unit.config.ts';
import { unitMigrations } from './schema/unit-migrations.ts';
import { createUnitService } from './unit-service.ts';
import type { UnitDefinition } from './unit-definition.ts';

/**
 * The whole of a unit's `main.ts`: runs the service, or with the argument `migrate` brings its database up to
 * date and ends, or with `catch-up` does what a restored database needs (docs/how-to/back-up-and-restore.md),
 * prints it and ends.
 */
export async function runUnit(definition: UnitDefinition): Promise<void> {
  const { slug } = definition;
  if (process.argv[2] === 'migrate') {
    await migrateUnit(definition);
    return;
  }
  if (process.argv[2] === 'catch-up') {
    const report = await catchUpUnit(definition, readUnitConfig(slug, process.env));
    process.stdout.write(`${JSON.stringify({ service: slug, ...report })}\n`);
    return;
  }
  await runService({
    service: slug,
    config: () => readUnitConfig(slug, process.env),
    create: (config) => createUnitService(definition, config),
  });
}

async function migrateUnit(definition: UnitDefinition): Promise<void> {
  try {
    const { url, applicationRole } = readMigrationConfig(definition.slug, process.env);
    await migrate(url, unitMigrations(definition), applicationRole);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // What is missing is for a person to read: no stack.
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
