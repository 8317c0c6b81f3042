import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { HttpReply } from './caller.ts';
import { ForceLimits, forceLimitsSetting } from './force-limits.ts';
import { ConfigurationError, readConfig } from './read-config.ts';

const tableOf = (text: string) =>
  readConfig({ LIMITS: text }, { limits: forceLimitsSetting('LIMITS') }).limits;

/** Sends requests at moments that the test sets; each stays open until `end`. */
function doorWith(text: string) {
  let ms = 0;
  const limits = new ForceLimits(tableOf(text), () => ms);
  const ask = (force: string, hungUp = false) => {
    const headers: Record<string, string> = {};
    const raw = Object.assign(new EventEmitter(), { destroyed: hungUp });
    const reply = {
      raw,
      header(name: string, value: string) {
        headers[name] = value;
        return reply;
      },
    };
    let code = 'taken';
    try {
      limits.enter(force, reply as unknown as HttpReply);
    } catch (error) {
      ({ code } = error as { code: string });
    }
    return { code, headers, end: () => raw.emit('close') };
  };
  return { ask, pass: (milliseconds: number) => (ms += milliseconds) };
}

describe('the limits of a force', () => {
  it('put the policy and the rest on every answer', () => {
    const { ask } = doorWith('north=5/3');
    expect(ask('north').headers).toEqual({
      'ratelimit-policy': '"default";q=5;w=1, "at-once";q=3;qu="concurrent-requests"',
      ratelimit: '"default";r=4;t=1, "at-once";r=2',
    });
  });

  it('refuse requests of one force beyond its rate, and accept again as time passes', () => {
    const { ask, pass } = doorWith('*=5/100');
    for (let sent = 0; sent < 5; sent += 1) expect(ask('north').code).toBe('taken');
    const refused = ask('north');
    expect(refused.code).toBe('too-many-requests');
    expect(refused.headers['ratelimit']).toMatch(/^"default";r=0;t=1,/);
    expect(ask('south').code).toBe('taken');
    pass(200);
    expect(ask('north').code).toBe('taken');
    expect(ask('north').code).toBe('too-many-requests');
    pass(60_000);
    expect(ask('north').headers['ratelimit']).toMatch(/^"default";r=4;/);
  });

  it('refuse requests beyond the number at once, until one is answered or its connection closes', () => {
    const { ask } = doorWith('*=100/2');
    const [first] = [ask('north'), ask('north')];
    const refused = ask('north');
    expect(refused.code).toBe('too-many-requests');
    expect(refused.headers['ratelimit']).toMatch(/"at-once";r=0$/);
    expect(ask('south').code).toBe('taken');
    first.end();
    expect(ask('north').code).toBe('taken');
    // A refused request is not open, so its end frees nothing.
    refused.end();
    expect(ask('north').code).toBe('too-many-requests');
  });

  it('do not count a client that hung up before as open', () => {
    const { ask } = doorWith('*=100/1');
    ask('north', true);
    expect(ask('north').code).toBe('taken');
    expect(ask('north').code).toBe('too-many-requests');
  });

  it('are those of the force if it is named, otherwise those of *, otherwise those of the demonstration', () => {
    const limits = tableOf('*=20/4; north=5/3');
    expect([limits.get('north'), limits.get('*')]).toEqual([
      { perSecond: 5, atOnce: 3 },
      { perSecond: 20, atOnce: 4 },
    ]);
    expect(tableOf('north=5/3').get('*')).toEqual({ perSecond: 10_000, atOnce: 512 });
  });

  it.each([
    'north',
    'north=5',
    'north=0/3',
    'north=5/0',
    'North=5/3',
    'north=5/3;north=6/3',
    'north=5/3;',
    'north=-1/3',
  ])('are not read from %s: the error names the variable', (text) => {
    expect(() => tableOf(text)).toThrow(ConfigurationError);
    expect(() => tableOf(text)).toThrow('LIMITS must be');
  });
});
