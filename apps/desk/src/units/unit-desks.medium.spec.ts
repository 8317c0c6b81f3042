import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import type { SignIn } from '../sign-in/oidc.ts';
import { UnitDesks, type Session } from './unit-desks.ts';

const signIn = { tokenFor: async ({ person }: Session) => person?.subject } as unknown as SignIn;
const sessionOf = (subject: string): Session => ({
  sessionId: subject,
  person: { subject, name: subject, units: ['fleet'] },
});

describe('the connections to a unit', () => {
  let server: Server;
  let desks: UnitDesks;
  /** The calls that the unit has and has not answered yet, and who makes them. */
  let calls: { readonly by: string | undefined; readonly answer: ServerResponse }[];

  beforeEach(async () => {
    calls = [];
    server = createServer(({ headers }, answer) => {
      calls.push({ by: headers.authorization, answer });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    desks = new UnitDesks(new Map([['fleet', `http://127.0.0.1:${port}`]]), signIn);
  });
  afterEach(async () => {
    desks.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const look = (subject: string): Promise<unknown> =>
    desks.ask(sessionOf(subject), 'fleet', (client) => client.changes({})).catch(() => undefined);
  const answerFirst = (): void => {
    calls.shift()?.answer.setHeader('content-type', 'application/json').end('{"items":[],"next":"x"}');
  };

  it('are shared in turn, so that a flood of one person does not hold up another', async () => {
    const flood = Array.from({ length: 100 }, () => look('hasty'));
    await eventually(() => calls.length > 0);
    const patient = look('patient');
    answerFirst();
    answerFirst();
    expect(await eventually(() => calls.some(({ by }) => by === 'Bearer patient'))).toBe(true);
    const over = Promise.all([...flood, patient]);
    server.on('request', () => answerFirst());
    while (calls.length > 0) answerFirst();
    await over;
  });
});
