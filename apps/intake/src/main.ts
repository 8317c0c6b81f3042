import 'reflect-metadata';
import { migrate } from '#persistence';
import { builtFrom, runService } from '#web';
import { catchUpIntake } from './catch-up/catch-up-intake.ts';
import { intakeConfig, migrationUrl } from './intake.config.ts';
import { createIntake } from './intake.service.ts';
import { INTAKE_MIGRATIONS } from './schema/intake.migrations.ts';

if (process.argv[2] === 'migrate') {
  await migrate(migrationUrl(process.env), INTAKE_MIGRATIONS, 'intake_app');
} else if (process.argv[2] === 'catch-up') {
  process.stdout.write(
    `${JSON.stringify({ service: 'intake', ...(await catchUpIntake(intakeConfig(process.env))) })}\n`,
  );
} else {
  await runService({
    service: 'intake',
    config: () => intakeConfig(process.env),
    build: builtFrom((config) => createIntake(config)),
  });
}
