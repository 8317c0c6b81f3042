import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface TestServers {
  /** Connection string of PostgreSQL's superuser. */
  readonly pgUrl: string;
  readonly kafkaBrokers: string;
  /** A super user of Kafka (SCRAM-SHA-512). */
  readonly kafkaAdmin: { readonly username: string; readonly password: string };
}

const FILE = join(resolve(import.meta.dirname, '../../..'), '.data/test-servers.json');

/**
 * Finds the real PostgreSQL and Kafka of this test run, either from the environment of `npm test` or of a
 * running `npm run parts`.
 */
export function testServers(): TestServers {
  const { TEST_PG_URL, TEST_KAFKA_BROKERS, TEST_KAFKA_ADMIN_USERNAME, TEST_KAFKA_ADMIN_PASSWORD } =
    process.env;
  if (TEST_PG_URL && TEST_KAFKA_BROKERS && TEST_KAFKA_ADMIN_USERNAME && TEST_KAFKA_ADMIN_PASSWORD) {
    return {
      pgUrl: TEST_PG_URL,
      kafkaBrokers: TEST_KAFKA_BROKERS,
      kafkaAdmin: { username: TEST_KAFKA_ADMIN_USERNAME, password: TEST_KAFKA_ADMIN_PASSWORD },
    };
  }
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as TestServers;
  } catch (error) {
    throw new Error(
      'PostgreSQL and Kafka for tests are not running. Use `npm test -- medium`, or keep `npm run parts` running in another terminal.',
      {
        cause: error,
      },
    );
  }
}
