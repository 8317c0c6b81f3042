import 'reflect-metadata';
import { migrate } from '#persistence';
import { builtFrom, runService } from '#web';
import { collaborationConfig, migrationUrl } from './collaboration.config.ts';
import { createCollaboration } from './collaboration.service.ts';
import { COLLABORATION_MIGRATIONS } from './schema/collaboration.migrations.ts';

if (process.argv[2] === 'migrate') {
  await migrate(migrationUrl(process.env), COLLABORATION_MIGRATIONS, 'collaboration_app');
} else {
  await runService({
    service: 'collaboration',
    config: () => collaborationConfig(process.env),
    build: builtFrom((config) => createCollaboration(config)),
  });
}
