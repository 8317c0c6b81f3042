import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { GaveUp, Refused, SignInRefused } from '#client';
import { COMMANDS, concordat } from './concordat.ts';
import { connectionOf } from './connection.ts';
import { curlLine } from './curl-line.ts';
import { exitCodeOf } from './exit-codes.ts';
import { Terminal } from './terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function given(argv: string[], environment: Record<string, string> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await concordat(argv, { out, err, environment });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}

describe('the command line', () => {
  it('lists its commands and exit codes, and tells each option of a command', async () => {
    const overview = await given(['--help']);
    expect(overview.code).toBe(0);
    for (const { name, options } of COMMANDS) {
      expect(overview.out).toContain(`  ${name} `);
      const help = await given([name, '--help']);
      expect(help.code).toBe(0);
      for (const option of [...Object.keys(options), 'json', 'as', 'verbose', 'give-up-after']) expect(help.out).toContain(`--${option}`);
    }
  });

  it.each([
    ['no command', [], ''],
    ['a command that is not there', ['sumbit'], 'There is no command sumbit. Commands: submit, watch, list, events, withdraw, replay'],
    ['an option that is not there', ['list', '--stat', 'queued'], "Unknown option '--stat'"],
    ['an argument too few', ['watch'], 'concordat watch takes REFERENCE, not 0 arguments'],
    ['an argument too many', ['list', 'x'], 'concordat list takes no argument, not 1 arguments'],
    [
      'settings that are missing',
      ['list', '--url', 'http://x'],
      'Missing: --issuer (CONCORDAT_ISSUER), --client-id (CONCORDAT_CLIENT_ID), --key-file (CONCORDAT_KEY)',
    ],
    ['a run that is not there', ['list', '--as', 'bedfordshire', '--run', 'nowhere.json'], 'start the system first'],
  ])('ends with 2 and says what is wrong: %s', async (_, argv, said) => {
    const { code, err } = await given(argv);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it.each([
    ['submit without a file', ['submit'], 'submit needs -f FILE'],
    ['a file that is not there', ['submit', '-f', join(dir, 'absent.json')], 'cannot be read'],
    ['a key that no header may hold', ['submit', '-f', '-', '--key', 'two words'], '1 to 128 visible ASCII characters'],
    ['withdraw without a reason', ['withdraw', 'R-1'], 'withdraw needs --reason TEXT'],
    ['a state that is not there', ['list', '--state', 'done'], '--state is one of accepted, queued'],
    ['replay of nothing', ['replay'], 'replay needs either --since TIME or --event ID'],
    ['an issuer in the clear', ['list', '--issuer', 'http://identity.example'], 'must use https'],
  ])('sends nothing, and says what is wrong: %s', async (_, argv, said) => {
    const nowhere = {
      CONCORDAT_URL: 'http://127.0.0.1:1',
      CONCORDAT_ISSUER: 'http://127.0.0.1:1',
      CONCORDAT_CLIENT_ID: 'x',
      CONCORDAT_KEY: 'x',
    };
    const { code, err } = await given(argv, nowhere);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('takes a force of the running demonstration by its name, and names those there are', () => {
    const run = join(dir, 'run.json');
    const urls = { intake: 'http://i', identity: 'http://p' };
    writeFileSync(run, JSON.stringify({ urls, forces: { north: { clientId: 'force-north', keyFile: '/keys/north' } } }));
    expect(connectionOf({ as: 'north', run }, {})).toEqual({
      url: 'http://i',
      issuer: 'http://p',
      clientId: 'force-north',
      keyFile: '/keys/north',
    });
    expect(() => connectionOf({ as: 'south', run }, {})).toThrow('--as south: the system that runs knows north');
  });

  it('prefers an option to the environment', () => {
    const environment = { CONCORDAT_URL: 'http://e', CONCORDAT_ISSUER: 'http://e', CONCORDAT_CLIENT_ID: 'e', CONCORDAT_KEY: 'e' };
    expect(connectionOf({ url: 'http://o' }, environment)).toEqual({ url: 'http://o', issuer: 'http://e', clientId: 'e', keyFile: 'e' });
  });
});

describe('an exit code', () => {
  const problem = (status: number, code: string, kind: 'business' | 'system' = 'business') =>
    new Refused({ type: 'about:blank', title: '', status, detail: '', code, kind });

  it.each([
    ['a rule of business', problem(403, 'no-agreement'), 3],
    ['a payload that does not fit', problem(422, 'invalid-payload'), 3],
    ['nothing there', problem(404, 'not-found'), 4],
    ['a token that is not taken', problem(401, 'unauthenticated'), 5],
    ['a credential that may not', problem(403, 'not-allowed'), 5],
    ['no token to be had', new SignInRefused('x'), 5],
    ['a fault of the system', problem(500, 'internal-error', 'system'), 1],
    ['no definite answer', new GaveUp('x'), 1],
  ])('tells %s', (_, error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('a call printed as curl', () => {
  const call = () =>
    new Request('http://127.0.0.1:7301/v1/requests?a=1&b=2', {
      method: 'POST',
      headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: `{"reason":"it's sold"}`,
    });

  it('holds everything but the token, quoted for a shell, and leaves the call as it was', async () => {
    const sent = call();
    expect(await curlLine(sent)).toBe(
      `curl -i 'http://127.0.0.1:7301/v1/requests?a=1&b=2' -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -H 'idempotency-key: k' --data-raw '{"reason":"it'\\''s sold"}'`,
    );
    expect(await sent.text()).toBe(`{"reason":"it's sold"}`);
  });

  it('holds the token where that was asked for, and names a method that curl would not choose', async () => {
    expect(await curlLine(call(), { showToken: true })).toContain(`-H 'authorization: Bearer secret-token'`);
    expect(await curlLine(new Request('http://x/y', { method: 'DELETE' }))).toBe("curl -i -X DELETE 'http://x/y'");
  });
});

describe('progress', () => {
  /** What is on standard error after so many seconds of waiting. */
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

  it('is said once something takes over two seconds: rewritten on a terminal, a plain line now and then elsewhere', async () => {
    expect([await saidAfter(1.9, false), await saidAfter(1.9, true)]).toEqual(['', '']);
    expect(await saidAfter(13, false)).toBe('… intake (2 s)\n… intake (12 s)\n');
    expect(await saidAfter(3, true)).toBe('… intake (2 s)\r\u001b[K… intake (3 s)\r\u001b[K');
  });
});
