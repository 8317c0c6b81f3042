import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from '#testing';
import { freePorts } from '../../deploy/local/ports.ts';
import { Proxy } from './proxy.ts';

/** An echo server: it sends back everything that it receives. */
let server: Server;
let proxy: Proxy;
let client: Socket;
let received = '';
let port = 0;

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  [port = 0] = await freePorts(1);
  proxy = await Proxy.start({ from: port, to: (server.address() as AddressInfo).port, speaksKafka: false });
  client = connect(port, '127.0.0.1').on('data', (chunk) => (received += chunk.toString()));
  await once(client, 'connect');
  received = '';
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

const untilReceived = (text: string): Promise<unknown> =>
  eventually(() => received === text, { withinMs: 10_000, says: `"${text}"` });

describe('a proxy with a bad network profile', () => {
  it.each(['both ways', 'to the server', 'from the server'] as const)(
    'holds back bytes %s, and forwards them in order afterwards',
    async (hold) => {
      client.write('a');
      await untilReceived('a');
      proxy.set({ hold });
      client.write('b');
      client.write('c');
      // The new connection shows that the event loop has run: bytes that were not held back would have
      // arrived by now.
      const other = connect(port, '127.0.0.1');
      await once(other, 'connect');
      expect(received).toBe('a');
      proxy.set({});
      await untilReceived('abc');
      other.destroy();
    },
  );

  it('delays answers by at least the given time', async () => {
    proxy.set({ delayMs: 150 });
    const since = Date.now();
    client.write('a');
    await untilReceived('a');
    expect(Date.now() - since).toBeGreaterThanOrEqual(149);
  });

  it('resets every connection at once', async () => {
    client.write('a');
    await untilReceived('a');
    const lost = once(client, 'error');
    proxy.reset();
    expect((await lost)[0]).toMatchObject({ code: 'ECONNRESET' });
  });
});
