import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { GaveUp, Refused, SignInRefused, type BulkUpload, type ForceClient } from '#client';
import { commandAsTyped } from './as-typed.ts';
import { COMMANDS, concordat } from './concordat.ts';
import { connectionOf } from './connection.ts';
import { curlLine } from './curl-line.ts';
import { exitCodeOf } from './exit-codes.ts';
import { Terminal } from './terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(dir, { recursive: true }));
const latin1 = join(dir, 'latin1.json');
writeFileSync(latin1, Buffer.from('{"location":\n"Caf\u00e9"}', 'latin1'));

async function given(argv: string[], environment: Record<string, string> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await concordat(argv, { out, err, environment });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}

describe('the command line', () => {
  it('lists its commands and exit codes, and explains each option of a command', async () => {
    const overview = await given(['--help']);
    expect(overview.code).toBe(0);
    for (const { name, options } of COMMANDS) {
      expect(overview.out).toContain(`  ${name} `);
      const help = await given([name, '--help']);
      expect(help.code).toBe(0);
      for (const option of [...Object.keys(options), 'json', 'as', 'verbose', 'give-up-after'])
        expect(help.out).toContain(`--${option}`);
    }
  });

  it.each([
    ['by its own name', {}, 'concordat'],
    ['by npm run', { npm_lifecycle_event: 'concordat' }, 'npm run -s concordat --'],
  ])(
    'shows commands exactly as they are typed when it is called %s',
    async (_, environment: Record<string, string>, program) => {
      expect((await given(['--help'], environment)).out).toContain(`Usage: ${program} COMMAND [options]`);
      expect((await given(['reply', '--help'], environment)).out).toContain(
        `Usage: ${program} reply REFERENCE TEXT [options]`,
      );
      expect((await given(['sumbit'], environment)).err).toContain(`. ${program} --help explains them.`);
      expect((await given(['list', '--stat'], environment)).err).toContain(
        `${program} list --help lists the options.`,
      );
      const values = { as: 'bedfordshire', run: '.data/my run.json', json: true };
      expect(commandAsTyped(environment, values, ['watch', "O'Neill 1"])).toBe(
        `${program} watch --as bedfordshire --run '.data/my run.json' 'O'\\''Neill 1'`,
      );
    },
  );

  it.each([
    ['no command', [], ''],
    [
      'an unknown command',
      ['sumbit'],
      'There is no command sumbit. Did you mean submit? The commands are submit, bulk, watch, reply, inform, correct, withdraw, reopen, list, events, replay',
    ],
    ['an unknown option', ['list', '--stat', 'queued'], "Unknown option '--stat'. Did you mean --state?"],
    ['one argument too few', ['watch'], 'concordat watch takes REFERENCE, not 0 arguments'],
    ['one argument too many', ['list', 'x'], 'concordat list takes no argument, not 1 arguments'],
    [
      'missing settings',
      ['list', '--url', 'http://x'],
      'Missing: --issuer (CONCORDAT_ISSUER), --client-id (CONCORDAT_CLIENT_ID), --key-file (CONCORDAT_KEY)',
    ],
    [
      'a run file in another encoding',
      ['list', '--as', 'bedfordshire', '--run', latin1],
      'latin1.json, which is not UTF-8 in line 2. Run npm start to write it again',
    ],
    [
      'a missing run file',
      ['list', '--as', 'bedfordshire', '--run', 'nowhere.json'],
      'Start the system first',
    ],
  ])('ends with 2 and says what is wrong for %s', async (_, argv, message) => {
    const { code, err } = await given(argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it.each([
    ['submit without a file', ['submit'], 'submit needs -f FILE'],
    ['a missing file', ['submit', '-f', join(dir, 'absent.json')], 'cannot be read'],
    [
      'a file in another encoding',
      ['submit', '-f', latin1],
      'latin1.json is not UTF-8 in line 2. Save it as UTF-8; nothing was sent.',
    ],
    [
      'a key that a header cannot contain',
      ['submit', '-f', '-', '--key', 'two words'],
      '1 to 128 visible ASCII characters',
    ],
    ['bulk with a missing file', ['bulk', join(dir, 'absent.csv')], 'cannot be read'],
    ['reply without a text', ['reply', 'R-1', ' '], 'reply needs a text'],
    ['reply with invisible characters only', ['reply', 'R-1', '\u00a0\u200b\u3164'], 'reply needs a text'],
    [
      'a question that is not a number',
      ['reply', 'R-1', 'Yes.', '--question', 'first'],
      '--question takes the number that watch shows',
    ],
    ['information without a text', ['inform', 'R-1', ''], 'inform needs a text'],
    ['withdraw without a reason', ['withdraw', 'R-1'], 'withdraw needs --reason TEXT'],
    ['reopen without a reason', ['reopen', 'R-1'], 'reopen needs --reason TEXT'],
    ['correct without a file', ['correct', 'R-1', '--reason', 'Typed wrongly'], 'correct needs -f FILE'],
    [
      'correct with a file that is not JSON',
      ['correct', 'R-1', '--reason', 'Typed wrongly', '-f', 'README.md'],
      'README.md is not JSON',
    ],
    ['an unknown state', ['list', '--state', 'done'], '--state must be one of accepted, queued'],
    ['replay without a time or an event', ['replay'], 'replay needs either --since TIME or --event ID'],
    ['an issuer without https', ['list', '--issuer', 'http://identity.example'], 'must use https'],
  ])('sends nothing, and says what is wrong for %s', async (_, argv, message) => {
    const nowhere = {
      CONCORDAT_URL: 'http://127.0.0.1:1',
      CONCORDAT_ISSUER: 'http://127.0.0.1:1',
      CONCORDAT_CLIENT_ID: 'x',
      CONCORDAT_KEY: 'x',
    };
    const { code, err } = await given(argv, nowhere);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('accepts the name of a force of the running demonstration, and lists the names', () => {
    const run = join(dir, 'run.json');
    const urls = { intake: 'http://i', identity: 'http://p' };
    writeFileSync(
      run,
      JSON.stringify({ urls, forces: { north: { clientId: 'force-north', keyFile: '/keys/north' } } }),
    );
    expect(connectionOf({ as: 'north', run }, {})).toEqual({
      url: 'http://i',
      issuer: 'http://p',
      clientId: 'force-north',
      keyFile: '/keys/north',
    });
    expect(() => connectionOf({ as: 'south', run }, {})).toThrow(
      '--as south: the running system has only north',
    );
  });

  it('prefers an option to the environment', () => {
    const environment = {
      CONCORDAT_URL: 'http://e',
      CONCORDAT_ISSUER: 'http://e',
      CONCORDAT_CLIENT_ID: 'e',
      CONCORDAT_KEY: 'e',
    };
    expect(connectionOf({ url: 'http://o' }, environment)).toEqual({
      url: 'http://o',
      issuer: 'http://e',
      clientId: 'e',
      keyFile: 'e',
    });
  });
});

describe('an exit code', () => {
  const problem = (status: number, code: string, kind: 'business' | 'system' = 'business') =>
    new Refused({ type: 'about:blank', title: '', status, detail: '', code, kind });

  it.each([
    ['a business rule that refused', problem(403, 'no-agreement'), 3],
    ['an invalid payload', problem(422, 'invalid-payload'), 3],
    ['a request that was not found', problem(404, 'not-found'), 4],
    ['a refused token', problem(401, 'unauthenticated'), 5],
    ['a credential without the right', problem(403, 'not-allowed'), 5],
    ['a refused sign-in', new SignInRefused('x'), 5],
    ['an internal error', problem(500, 'internal-error', 'system'), 1],
    ['no definite answer', new GaveUp('x'), 1],
  ])('shows %s', (_, error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('a file of many requests', () => {
  const file = join(dir, 'many.csv');
  const problem = {
    status: 422,
    code: 'invalid-payload',
    detail: 'It does not fit.',
    errors: [{ pointer: '/payload/vrm', detail: 'is empty' }],
  };
  const lines = [
    { line: 2, outcome: 'accepted', reference: 'R-1', requestId: 'id-1' },
    { line: 3, outcome: 'refused', reference: 'R-2', problem },
  ];
  const uploads: { format: string; type?: string; key: string; body: string }[] = [];

  /** The command with an intake that refuses the second line. */
  const run = async (values: Record<string, string | boolean>, path = file) => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const bulk = {
      submit: async ({ open, ...upload }: BulkUpload) => {
        uploads.push({ ...upload, body: await new Response(open()).text() });
        return { id: 'job-1', accepted: 1, known: 0, refused: 1 };
      },
      results: async function* () {
        yield* lines;
      },
    };
    const terminal = new Terminal({ out, err, environment: {} });
    const client = { bulk } as unknown as ForceClient;
    const command = COMMANDS.find(({ name }) => name === 'bulk');
    const code = await command?.run({
      client,
      terminal,
      values,
      positionals: [path],
      waitingFor: () => undefined,
      asTyped: () => '',
    });
    out.end();
    err.end();
    return { code, out: await text(out), err: await text(err) };
  };

  it('is sent as a whole, with a result for each line; a refused line shows in the exit code', async () => {
    writeFileSync(file, 'reference,payload.vrm\nR-1,A\nR-2,\n');
    expect(await run({ type: 'vehicle-repair' })).toEqual({
      code: 3,
      out: '2  accepted  R-1  id-1\n3  refused  R-2  invalid-payload: It does not fit. /payload/vrm is empty\n',
      err: '2 lines: 1 accepted, 0 known already, 1 refused (upload job-1)\n',
    });
    expect(uploads.at(-1)).toMatchObject({
      format: 'csv',
      type: 'vehicle-repair',
      body: 'reference,payload.vrm\nR-1,A\nR-2,\n',
    });
    expect((await run({ json: true, refused: true })).out).toBe(`${JSON.stringify(lines[1])}\n`);
  });

  it('is read as CSV by its ending in capital or small letters, and has another key in another format', async () => {
    const [upper, other] = [join(dir, 'MANY.CSV'), join(dir, 'many.ndjson')];
    for (const path of [upper, other]) {
      writeFileSync(path, 'reference,payload.vrm\nR-1,A\n');
      await run({}, path);
    }
    const [csv, ndjson] = uploads.slice(-2);
    expect([csv?.format, ndjson?.format]).toEqual(['csv', 'ndjson']);
    expect(csv?.key).not.toBe(ndjson?.key);
  });

  it('has the same key for the same content and type', async () => {
    const keyOf = async (values: Record<string, string>): Promise<string | undefined> => {
      await run(values);
      return uploads.at(-1)?.key;
    };
    const key = await keyOf({ type: 'vehicle-repair' });
    expect(await keyOf({ type: 'vehicle-repair' })).toBe(key);
    expect(await keyOf({ type: 'vehicle-service' })).not.toBe(key);
    expect(await keyOf({ key: 'november' })).toBe('november');
    writeFileSync(file, 'reference,payload.vrm\nR-1,A\nR-2,B\n');
    expect(await keyOf({ type: 'vehicle-repair' })).not.toBe(key);
  });
});

describe('a call printed as curl', () => {
  const call = () =>
    new Request('http://127.0.0.1:7301/v1/requests?a=1&b=2', {
      method: 'POST',
      headers: {
        authorization: 'Bearer secret-token',
        'content-type': 'application/json',
        'idempotency-key': 'k',
      },
      body: `{"reason":"it's sold"}`,
    });

  it('has everything except the token, quoted for a shell, and does not change the call', async () => {
    const sent = call();
    expect(await curlLine(sent)).toBe(
      `curl -i 'http://127.0.0.1:7301/v1/requests?a=1&b=2' -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -H 'idempotency-key: k' --data-raw '{"reason":"it'\\''s sold"}'`,
    );
    expect(await sent.text()).toBe(`{"reason":"it's sold"}`);
  });

  it('has the token when asked for it, and the method when curl would choose another', async () => {
    expect(await curlLine(call(), { showToken: true })).toContain(`-H 'authorization: Bearer secret-token'`);
    const upload = new Request('http://x/y', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{}\n',
    });
    expect(await curlLine(upload)).toBe(
      "curl -i 'http://x/y' -H 'content-type: application/x-ndjson' --data-binary '@FILE'",
    );
    expect(await curlLine(new Request('http://x/y', { method: 'DELETE' }))).toBe(
      "curl -i -X DELETE 'http://x/y'",
    );
  });
});

describe('progress', () => {
  /** Returns standard error after a number of seconds of waiting. */
  const saidAfter = async (seconds: number, isTTY: boolean): Promise<string> => {
    jest.useFakeTimers();
    try {
      const err = Object.assign(new PassThrough(), { isTTY });
      const stop = new Terminal({ out: new PassThrough(), err, environment: {} }).progress(() => 'intake');
      jest.advanceTimersByTime(seconds * 1_000);
      stop();
      err.end();
      return await text(err);
    } finally {
      jest.useRealTimers();
    }
  };

  it('is shown after two seconds: rewritten on a terminal, as a plain line from time to time elsewhere', async () => {
    expect([await saidAfter(1.9, false), await saidAfter(1.9, true)]).toEqual(['', '']);
    expect(await saidAfter(13, false)).toBe('… intake (2 s)\n… intake (12 s)\n');
    expect(await saidAfter(3, true)).toBe('… intake (2 s)\r\u001b[K… intake (3 s)\r\u001b[K');
  });
});
