import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startIntake, wire, type IntakeUnderTest } from '../../apps/intake/src/intake.fixture.ts';
import { encodeEnvelope, forceEventsTopic } from '#contracts';
import { newId } from '#kernel';
import { writeDevelopmentClients } from '../../deploy/local/identity-provider-clients.ts';
import { startIdentityProvider } from '../../deploy/local/identity-provider.fixture.ts';
import { ROOT } from '../../deploy/local/deployment.ts';

const run = promisify(execFile);
const HOW_TO = readFileSync(join(ROOT, 'docs/how-to/connect-a-force-system.md'), 'utf8');
/** Options of a separate process, so that it loads the sources of libs and their TypeScript as Jest does. */
const TYPESCRIPT = [
  '--conditions=source',
  '--import',
  pathToFileURL(join(ROOT, 'libs/testing/src/typescript-hook.mjs')).href,
];

const COMMAND_LINE = `'${process.execPath}' ${TYPESCRIPT.join(' ')} apps/cli/src/main.ts`;

/** Returns the code block with this word after its fence. */
function block(word: string): string {
  const code = new RegExp(`^\`\`\`${word}\\n([\\s\\S]+?)^\`\`\``, 'm').exec(HOW_TO)?.[1];
  if (code === undefined) throw new Error(`the how-to has no block ${word}`);
  return code;
}
const isInstalled = (program: string): boolean => {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`]).length > 0;
  } catch {
    return false;
  }
};

describe('connecting a system of a force, as the how-to says', () => {
  let dir: string;
  let intake: IntakeUnderTest;
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  let environment: NodeJS.ProcessEnv;
  let unit: Promise<void>;
  let stopped = false;

  const bash = async (script: string): Promise<string> =>
    (await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT, env: environment, timeout: 50_000 }))
      .stdout;
  const requestsLike = (start: string): Promise<{ reference: string; state: string }[]> =>
    intake.rows(
      `select reference, state from request join progress on progress.request_id = request.id where reference like $1`,
      [intake.force],
      [`${start}%`],
    );

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'how-to-'));
    // The force of this intake has a unique name. The identity provider reads it from the usual files.
    const clients = (forces: string[]) => writeDevelopmentClients({ dir, forces, units: ['fleet'] });
    provider = await startIdentityProvider((await clients([])).clientsFile, dir);
    intake = await startIntake({
      consuming: true,
      issuer: { issuer: provider.issuer, audience: 'urn:concordat:intake' },
    });
    await intake.agree();
    const keyFile = join(dir, 'keys', 'force.jwk.json');
    const described = {
      urls: { identity: provider.issuer, intake: intake.url },
      kafka: { brokers: [] },
      forces: { [intake.force]: { clientId: 'x', keyFile } },
      staff: {},
    };
    await writeFile(join(dir, 'run.json'), JSON.stringify(described));
    environment = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CONCORDAT_RUN: join(dir, 'run.json'),
      CONCORDAT_URL: intake.url,
      CONCORDAT_ISSUER: provider.issuer,
      CONCORDAT_CLIENT_ID: 'my-system',
      CONCORDAT_KEY: join(dir, 'my-system.pem'),
    };
    unit = answerEverything();
    await bash(block('bash key'));
    await bash(block('bash register').replace('bedfordshire', intake.force));
  });

  afterAll(async () => {
    stopped = true;
    await unit;
    await intake.stop();
    await provider.stop();
    await rm(dir, { recursive: true });
  });

  /** A unit that answers each request as soon as it sees it. */
  async function answerEverything(): Promise<void> {
    const answered = new Set<string>();
    while (!stopped) {
      for (const { id, reference } of await intake.rows<{ id: string; reference: string }>(
        'select id, reference from request',
      )) {
        if (answered.has(id)) continue;
        answered.add(id);
        const about = {
          requestId: id,
          forceReference: reference,
          unit: 'fleet',
          type: 'vehicle-repair',
          unitReference: 'FLT-26-000001',
        };
        const change = (type: string, sequence: number, state: string, more: object = {}) => {
          const value = { ...about, state, sequence, at: new Date().toISOString(), ...more };
          const envelope = {
            id: newId(),
            source: '/unit/fleet',
            time: value.at,
            owningForce: intake.force,
            subject: id,
            value,
          };
          return wire(encodeEnvelope({ ...envelope, type: `concordat.${type}.v1` }));
        };
        const answer = { outcome: 'repaired' };
        await intake.publish(forceEventsTopic(intake.force), [
          change('request-queued', 1, 'queued'),
          change('request-answered', 3, 'answered', { answer }),
        ]);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it('names the settings that every block then uses', () => {
    const named = [...block('bash settings').matchAll(/^export (\w+)=/gm)].map(([, name]) => name);
    expect(named).toEqual(['CONCORDAT_URL', 'CONCORDAT_ISSUER', 'CONCORDAT_CLIENT_ID', 'CONCORDAT_KEY']);
    for (const word of ['ts', 'python']) for (const name of named) expect(block(word)).toContain(name);
  });

  it('ends with an answer in curl', async () => {
    const output = await bash(block('bash curl'));
    expect(output).toMatch(/^HTTP\/1.1 201 /);
    expect(output).toContain('"state":"answered"');
    expect(await requestsLike('curl-')).toMatchObject([{ state: 'answered' }]);
  });

  it('ends with an answer in TypeScript', async () => {
    const file = join(ROOT, '.data', `how-to-${newId()}.ts`);
    await writeFile(file, block('ts'));
    try {
      const { stdout } = await run(process.execPath, [...TYPESCRIPT, file], {
        cwd: ROOT,
        env: environment,
        timeout: 50_000,
      });
      expect(stdout).toContain("answered { outcome: 'repaired'");
    } finally {
      await rm(file);
    }
    expect(await requestsLike('typescript-')).toMatchObject([{ state: 'answered' }]);
  });

  it('ends with an answer on the command line', async () => {
    const output = await bash(block('bash cli').replaceAll('npm run -s concordat --', COMMAND_LINE));
    expect(output).toContain('  answer: {"outcome":"repaired"');
    expect(output).toMatch(/ request-answered +FIRST-1 +FLT-26-000001 /);
    expect(await requestsLike('FIRST-1')).toMatchObject([{ state: 'answered' }]);
  });

  it('takes a file of many on the command line, and a reply, and both again without an effect', async () => {
    const first = JSON.parse(readFileSync(join(ROOT, 'deploy/local/first-request.json'), 'utf8')) as object;
    const lines = ['many-1', 'many-2'].map((reference) => JSON.stringify({ ...first, reference }));
    await writeFile(join(dir, 'many.ndjson'), `${lines.join('\n')}\n`);
    const upload = `${COMMAND_LINE} bulk '${join(dir, 'many.ndjson')}'`;
    const output = await bash(upload);
    expect(output).toMatch(/^1 {2}accepted {2}many-1 {2}\S+\n2 {2}accepted {2}many-2 {2}\S+\n$/);
    expect(await bash(upload)).toBe(output);
    expect(await requestsLike('many-')).toHaveLength(2);
    await writeFile(join(dir, 'late.json'), JSON.stringify({ ...first, reference: 'late-1' }));
    // The unit may answer before or after the reply arrives, so both results are accepted.
    const replied = await bash(
      `${COMMAND_LINE} submit -f '${join(dir, 'late.json')}'; ${COMMAND_LINE} reply late-1 'Bay four.' 2>&1 || [ $? = 3 ]`,
    );
    expect(replied).toMatch(/It is on its way to the unit|not-in-this-state/);
  });

  // The system itself does not need Python. Without it this block cannot run, and the output says so.
  if (isInstalled('python3')) {
    it('ends with an answer in Python', async () => {
      const { stdout } = await run('python3', ['-c', block('python')], { env: environment, timeout: 50_000 });
      expect(stdout).toMatch(/^answered \{.*'outcome': 'repaired'/m);
      expect(await requestsLike('python-')).toMatchObject([{ state: 'answered' }]);
    });
  } else
    process.stderr.write(
      'python3 is not on this machine: the Python block of connect-a-force-system.md is not run here.\n',
    );
});
