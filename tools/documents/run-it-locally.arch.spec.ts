import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { collaborationConfig } from '#collaboration';
import { intakeConfig } from '#intake';
import { readUnitConfig } from '#unit';
import { ConfigurationError } from '#web';
import { deploymentFrom, issuesCursors, portsFrom, ROOT } from '../../deploy/local/deployment.ts';
import { serviceEnvironment } from '../../deploy/local/services.ts';

const HOW_TO = readFileSync(join(ROOT, 'docs/how-to/run-it-locally.md'), 'utf8');
const USAGE = readFileSync(join(ROOT, 'deploy/local/start-usage.txt'), 'utf8');

/** Returns the environment that `npm start` gives a service. */
const givenTo = (service: string): Record<string, string> =>
  serviceEnvironment({
    service,
    port: 7310,
    urls: { applicationUrl: 'postgres://x', migrationUrl: 'postgres://y' },
    kafka: { brokers: ['b'], password: 'p', tls: false },
    issuer: 'https://identity.example',
    catalogue: 'deploy/catalogue.json',
    unitKeys: '/data/unit-keys',
    cursorKey: issuesCursors(service) ? 'k' : undefined,
  });

type Read = (environment: Record<string, string | undefined>) => unknown;
const CONFIGS: readonly (readonly [string, Read])[] = [
  ['intake', intakeConfig],
  ['collaboration', collaborationConfig],
  ['fleet', (environment) => readUnitConfig('fleet', environment)],
];

/** Tells whether the page names the variable, or the variable of the file that holds its value. */
const isNamed = (name: string): boolean =>
  [name, `${name}_FILE`].some((one) => HOW_TO.includes(`\`${one}\``));

/** Lists the environment variables that a service reads. */
function namesReadBy(service: string, read: Read): string[] {
  const names = new Set<string>();
  const environment = new Proxy(givenTo(service), {
    get(given, name) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(given, name);
    },
  });
  try {
    read(environment);
  } catch (error) {
    // The key files do not exist here, but every variable was read all the same.
    if (!(error instanceof ConfigurationError)) throw error;
  }
  return [...names].filter((name) => !name.endsWith('_FILE'));
}

describe('the how-to on running it locally', () => {
  it('names every environment variable that a service reads', () => {
    const names = [...new Set(CONFIGS.flatMap(([service, read]) => namesReadBy(service, read)))];
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('names the variables that npm start sets, and the usage text those that it reads', () => {
    expect(
      CONFIGS.flatMap(([service]) => Object.keys(givenTo(service))).filter((name) => !isNamed(name)),
    ).toEqual([]);
    for (const name of ['DATABASE_URL', 'KAFKA_BROKERS', 'CONCORDAT_FORCES', 'LOG_FILE_MB', 'LOG_FILES'])
      expect(USAGE).toContain(name);
  });

  it('lists the port of each process', () => {
    const { identity, services, postgres, kafka, kafkaController } = portsFrom(7300, deploymentFrom({}));
    const listed = [...HOW_TO.matchAll(/^\| (\d{4}) \| (.+?) +\|$/gm)].map(([, port, name]) => [
      name,
      Number(port),
    ]);
    expect(Object.fromEntries(listed)).toEqual({
      'identity provider': identity,
      ...services,
      PostgreSQL: postgres,
      Kafka: kafka,
      'Kafka controller': kafkaController,
    });
  });
});
