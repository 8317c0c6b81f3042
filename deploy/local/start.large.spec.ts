import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, uniqueSlug } from '#testing';
import { deploymentFrom, ROOT } from './deployment.ts';
import type { RunningStack } from '#client';

const run = promisify(execFile);
const runFile = process.env['CONCORDAT_RUN'] ?? '';
const described = (): RunningStack => JSON.parse(readFileSync(runFile, 'utf8')) as RunningStack;

/** Runs `npm start` with options that it must refuse. Returns its output. */
async function refusedStart(...options: string[]): Promise<string> {
  const start = run(process.execPath, [join(ROOT, 'deploy/local/start.ts'), ...options], { cwd: ROOT });
  return start.then(
    () => {
      throw new Error('it started');
    },
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

async function token(clientId: string): Promise<string> {
  const { stdout } = await run(process.execPath, [
    join(ROOT, 'deploy/local/token.ts'),
    clientId,
    '--run',
    runFile,
  ]);
  return stdout.trim();
}

describe('the running stack', () => {
  it('is described in run.json, which only its owner may read', () => {
    const { urls, forces, sandboxes, staff, people = {}, pids, postgres } = described();
    const { units, forces: forceSlugs, sandboxes: sandboxSlugs, databases } = deploymentFrom({});
    expect(statSync(runFile).mode & 0o777).toBe(0o600);
    expect(Object.keys(urls.units)).toEqual([...units]);
    expect(Object.keys(forces)).toEqual([...forceSlugs]);
    expect(Object.keys(sandboxes)).toEqual([...sandboxSlugs]);
    expect(Object.keys(postgres.services).sort()).toEqual([...databases].sort());
    expect(Object.keys(pids)).toEqual(
      expect.arrayContaining([...databases, 'start', 'postgres', 'kafka', 'identity']),
    );
    for (const unit of units) {
      const roles = Object.values(staff).filter((one) => one.unit === unit);
      expect(roles.map(({ role }) => role)).toEqual(
        expect.arrayContaining(['caseworker', 'supervisor', 'decision-maker', 'auditor']),
      );
    }
    for (const unit of units)
      expect(people[`${unit}.administrator`]?.roles).toEqual([{ unit, role: 'administrator' }]);
    for (const force of forceSlugs) expect(people[`${force}.person`]).toMatchObject({ force, roles: [] });
    expect(people['every-unit.supervisor']?.roles).toHaveLength(units.length);
    for (const { keyFile } of [
      ...Object.values(forces),
      ...Object.values(sandboxes),
      ...Object.values(staff),
    ])
      expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  it('logs no error and no stack trace while it starts', () => {
    const { logs, startedAt, postgres } = described();
    const startLines = ['identity', ...Object.keys(postgres.services)].flatMap((name) => {
      const lines = readFileSync(join(logs, `${name}.log`), 'utf8')
        .trim()
        .split('\n');
      const end = lines.findIndex((line) => (/"time":"([^"]+)"/.exec(line)?.[1] ?? '') > startedAt);
      return (end === -1 ? lines : lines.slice(0, end)).map((line) => `${name}: ${line}`);
    });
    expect(startLines.filter((line) => /"msg":"listening/.test(line)).length).toBe(
      1 + Object.keys(postgres.services).length,
    );
    expect(startLines.filter((line) => /"level":"(?:error|fatal)"|: \s+at |"stack":/.test(line))).toEqual([]);
  });

  it('has a log line for the request id of an answer', async () => {
    const { urls, logs } = described();
    const refused = await fetch(`${urls.intake}/v1/requests`);
    const id = refused.headers.get('x-request-id') ?? 'none';
    const inLog = (): boolean =>
      readFileSync(join(logs, 'intake.log'), 'utf8').includes(`"httpRequestId":"${id}"`);
    expect(refused.status).toBe(401);
    await eventually(inLog, { says: `a line with ${id}` });
  });

  it('accepts the first request that the start proposes', async () => {
    const body = JSON.parse(readFileSync(join(ROOT, 'deploy/local/first-request.json'), 'utf8')) as object;
    const reference = uniqueSlug('first');
    const authorization = `Bearer ${await token('force-bedfordshire')}`;
    const answer = await fetch(`${described().urls.intake}/v1/requests`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': reference },
      body: JSON.stringify({ ...body, reference }),
    });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 201,
      body: { reference, unit: 'fleet' },
    });
  });

  it('can be used from the command line as one of its forces, with exit codes that a script can tell apart', async () => {
    const cli = (...args: string[]) => {
      const program = [
        join(ROOT, 'apps/cli/concordat.mjs'),
        ...args,
        '--as',
        'bedfordshire',
        '--run',
        runFile,
        '--json',
      ];
      return run(process.execPath, program, { cwd: ROOT }).then(
        ({ stdout }) => ({ code: 0, body: JSON.parse(stdout) as object }),
        ({ code, stdout }: { code: number; stdout: string }) => ({
          code,
          body: JSON.parse(stdout) as object,
        }),
      );
    };
    const reference = uniqueSlug('cli');
    const file = join(dirname(runFile), `${reference}.json`);
    const body = JSON.parse(readFileSync(join(ROOT, 'deploy/local/first-request.json'), 'utf8')) as {
      payload: object;
    };
    try {
      writeFileSync(file, JSON.stringify({ ...body, reference }));
      expect(await cli('submit', '-f', file)).toMatchObject({ code: 0, body: { reference, unit: 'fleet' } });
      writeFileSync(
        file,
        JSON.stringify({
          ...body,
          reference,
          payload: { ...body.payload, location: 'Southern station yard' },
        }),
      );
      expect(await cli('submit', '-f', file)).toMatchObject({
        code: 3,
        body: { code: 'reference-conflict' },
      });
      expect(await cli('inform', reference, 'It stands in bay 7 now.')).toMatchObject({
        code: 0,
        body: { reference },
      });
      writeFileSync(file, JSON.stringify({ location: 'Southern station yard' }));
      expect(await cli('correct', reference, '--reason', 'It was moved.', '-f', file)).toMatchObject({
        code: 0,
        body: { reference },
      });
      expect(await cli('reopen', reference, '--reason', 'Not done yet.')).toMatchObject({
        code: 3,
        body: { code: 'not-in-this-state' },
      });
      expect(await cli('withdraw', reference, '--reason', 'The vehicle was sold.')).toMatchObject({
        code: 0,
        body: { reference },
      });
      expect(await cli('watch', `${reference}-absent`)).toMatchObject({
        code: 4,
        body: { code: 'not-found' },
      });
    } finally {
      rmSync(file);
    }
  });

  it('refuses a second start on the same data directory, and says which process uses it and what to do', async () => {
    const output = await refusedStart('--data-dir', dirname(runFile), '--port-base', '29300');
    expect(output).toContain(
      `Concordat already runs from ${dirname(runFile)} (process ${String(described().pids['start'])})`,
    );
    expect(output).toContain('--data-dir');
  });

  it('refuses ports that are in use, and names the process and the option that moves them', async () => {
    const { portBase, pids } = described();
    const output = await refusedStart(
      '--data-dir',
      join(dirname(runFile), 'second'),
      '--port-base',
      String(portBase),
    );
    expect(output).toContain(
      `Port ${String(portBase + 1)} (intake) is taken by process ${String(pids['intake'])}`,
    );
    expect(output).toContain('--port-base');
  });

  it('restarts a service that was killed, and records its new process id', async () => {
    const before = described().pids['collaboration'] ?? 0;
    process.kill(before, 'SIGKILL');
    const after = await eventually(
      () => described().pids['collaboration'] !== before && described().pids['collaboration'],
      {
        withinMs: 60_000,
      },
    );
    expect(existsSync(`/proc/${String(after)}`) || process.platform !== 'linux').toBe(true);
    expect((await fetch(`${described().urls.collaboration}/health/ready`)).status).toBe(200);
  });
});
