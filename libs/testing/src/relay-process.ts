import { OutboxRelay } from '#messaging';
import { Database, isDatabaseUnavailable, PostgresOutbox } from '#persistence';
import { testServers } from './test-servers.ts';

// This is a service with nothing but its relay. Tests start and kill it: RELAY_DATABASE_URL, RELAY_FORCES
// (comma).
const { kafkaBrokers, kafkaAdmin } = testServers();
const database = await Database.open({
  url: process.env['RELAY_DATABASE_URL'] ?? '',
  applicationName: 'relay-process',
});
const relay = new OutboxRelay({
  settings: {
    brokers: kafkaBrokers.split(','),
    ...kafkaAdmin,
    tls: false,
    clientId: 'relay-process',
    log: () => undefined,
  },
  source: new PostgresOutbox(database, { forces: (process.env['RELAY_FORCES'] ?? '').split(',') }),
  batchMax: 20,
  isTransient: isDatabaseUnavailable,
});
relay.start();
process.once('SIGTERM', () => void relay.stop().then(() => process.exit(0)));
