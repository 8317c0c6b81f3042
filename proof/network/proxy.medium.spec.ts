import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from '#testing';
import { freePorts } from '../../deploy/local/ports.ts';
import { Proxy } from './proxy.ts';

/** Says everything back. */
let part: Server;
let proxy: Proxy;
let client: Socket;
let heard = '';
let port = 0;

beforeEach(async () => {
  part = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(part, 'listening');
  [port = 0] = await freePorts(1);
  proxy = await Proxy.start({ from: port, to: (part.address() as AddressInfo).port, speaksKafka: false });
  client = connect(port, '127.0.0.1').on('data', (chunk) => (heard += chunk.toString()));
  await once(client, 'connect');
  heard = '';
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => part.close(resolve));
});

const untilHeard = (text: string): Promise<unknown> =>
  eventually(() => heard === text, { withinMs: 10_000, says: `"${text}"` });

describe('a proxy in bad weather', () => {
  it.each(['both ways', 'to the part', 'from the part'] as const)(
    'holds back %s, and hands on in order when it clears',
    async (hold) => {
      client.write('a');
      await untilHeard('a');
      proxy.set({ hold });
      client.write('b');
      client.write('c');
      // Another connection shows that the weather has come, for its bytes would have come back by another way.
      const other = connect(port, '127.0.0.1');
      await once(other, 'connect');
      expect(heard).toBe('a');
      proxy.set({});
      await untilHeard('abc');
      other.destroy();
    },
  );

  it('is late by as much as it is told at least', async () => {
    proxy.set({ delayMs: 150 });
    const since = Date.now();
    client.write('a');
    await untilHeard('a');
    expect(Date.now() - since).toBeGreaterThanOrEqual(149);
  });

  it('resets every connection at once', async () => {
    client.write('a');
    await untilHeard('a');
    const lost = once(client, 'error');
    proxy.reset();
    expect((await lost)[0]).toMatchObject({ code: 'ECONNRESET' });
  });
});
