import { describe, expect, it } from '@jest/globals';
import { ServiceLog } from './service-log.ts';

function logged(use: (log: ServiceLog) => void): { text: string; lines: Record<string, unknown>[] } {
  const written: string[] = [];
  use(new ServiceLog('fleet', 'info', (line) => written.push(line)));
  const text = written.join('');
  return { text, lines: written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('a log line', () => {
  it('is one JSON object with level, time, service, msg and the fields of the caller', () => {
    const { lines } = logged((log) =>
      log.warn('queue is long', { traceId: 'abc', force: 'bedfordshire' }, 'Queue'),
    );
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.any(String),
        service: 'fleet',
        msg: 'queue is long',
        traceId: 'abc',
        force: 'bedfordshire',
        context: 'Queue',
      },
    ]);
  });

  it('never carries a body, a token or a password, at any depth', () => {
    const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
    const { text } = logged((log) => {
      log.log(`called with Bearer ${token}`, {
        request: { headers: { authorization: `Bearer ${token}` }, body: { surname: 'Invented' } },
      });
      log.error(
        'failed',
        { payload: { surname: 'Invented' }, password: 'hunter2' },
        new Error(`connect postgres://app:hunter2@db:5432/fleet with ${token}`),
      );
      log.error(new Error('outer', { cause: new Error(`inner ${token}`) }));
    });
    for (const secret of [token, 'Invented', 'hunter2']) expect(text).not.toContain(secret);
    expect(text).toContain('postgres://app:[redacted]@db:5432/fleet');
  });

  it('cannot be split by a line break in a message', () => {
    const { text } = logged((log) => log.log('one\n{"level":"fatal"}'));
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is left out below its level, as are Nest’s lines about every route', () => {
    const { lines } = logged((log) => {
      log.debug('detail');
      log.log('Mapped {/v1/queue, GET} route', 'RouterExplorer');
      log.log('listening');
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['listening']);
  });
});
