import { migrate } from '#persistence';
import { builtFrom, ConfigurationError, runService } from '#web';
import { catchUpUnit } from './catch-up/catch-up-unit.ts';
import { readMigrationConfig, readUnitConfig } from './unit.config.ts';
import { fillSearchTerms } from './search-requests/fill-terms.ts';
import { unitMigrations } from './schema/unit-migrations.ts';
import { createUnitService } from './unit-service.ts';
import type { UnitDefinition } from './unit-definition.ts';

/**
 * Is the whole of a unit's `main.ts`. It runs the service. With the argument `migrate` it brings the database
 * up to date and ends. With `catch-up` it brings a restored database up to date, prints a report and ends
 * (docs/how-to/back-up-and-restore.md).
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
    build: builtFrom((config) => createUnitService(definition, config)),
  });
}

async function migrateUnit(definition: UnitDefinition): Promise<void> {
  try {
    const { url, applicationRole } = readMigrationConfig(definition.slug, process.env);
    await migrate(url, unitMigrations(definition), applicationRole);
    await fillSearchTerms(definition, url);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // A person reads this, so no stack is printed.
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
