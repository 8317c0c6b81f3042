import 'reflect-metadata';
import { migrate } from '#persistence';
import { readConfig, runService, urlSetting } from '#web';
import { deskConfig } from './desk.config.ts';
import { createDesk } from './desk.service.ts';
import { DESK_MIGRATIONS } from './schema/desk.migrations.ts';

if (process.argv[2] === 'migrate') {
  const { url } = readConfig(process.env, { url: urlSetting('MIGRATION_DATABASE_URL') });
  await migrate(url, DESK_MIGRATIONS, 'desk_app');
} else {
  await runService({ service: 'desk', config: () => deskConfig(process.env), build: createDesk });
}
