import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStream } from './event-stream.ts';

type Asked = [IncomingMessage, ServerResponse];

describe('a stream of events', () => {
  let server: Server;
  let page: Socket;
  let ends: number;
  const opened = (asked: IncomingMessage, answer: ServerResponse): EventStream =>
    new EventStream(answer, asked.socket, () => {
      ends += 1;
    });
  /** Asks for a stream as a page does. */
  const ask = async (): Promise<Asked> => {
    const asked = once(server, 'request') as Promise<Asked>;
    page.write('GET / HTTP/1.1\r\nhost: desk\r\n\r\n');
    return asked;
  };

  beforeEach(async () => {
    ends = 0;
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    page = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(page, 'connect');
  });
  afterEach(async () => {
    page.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends when the page goes', async () => {
    const [asked, answer] = await ask();
    const stream = opened(asked, answer);
    stream.open({});
    expect(stream.isOpen).toBe(true);
    const closed = once(answer, 'close');
    page.destroy();
    await closed;
    expect([stream.isOpen, ends]).toEqual([false, 1]);
  });

  it('ends at once for a page that went while the desk was still reading what to show', async () => {
    const [asked, answer] = await ask();
    const closed = once(answer, 'close');
    page.destroy();
    await closed;
    expect([opened(asked, answer).isOpen, ends]).toEqual([false, 1]);
  });

  it('is cut off when the page does not read, and keeps no more of what it would send', async () => {
    page.pause();
    const [asked, answer] = await ask();
    const stream = opened(asked, answer);
    stream.open({});
    const closed = once(asked.socket, 'close');
    const changes = 'x'.repeat(64 * 1024);
    let sent = 0;
    for (; stream.isOpen && sent < 1_000; sent += 1) stream.send('changes', changes);
    await closed;
    expect(stream.isOpen).toBe(false);
    expect(ends).toBe(1);
    expect(sent).toBeLessThan(1_000);
  });

  it('writes nothing after its end, although the page has not read what came before', async () => {
    page.pause();
    const [asked, answer] = await ask();
    const faults: unknown[] = [];
    answer.on('error', (error) => faults.push(error));
    const stream = opened(asked, answer);
    stream.open({});
    // More than the network holds, so that the end cannot be sent yet.
    answer.write('x'.repeat(16 * 1024 * 1024));
    stream.end();
    stream.beat();
    stream.send('changes', []);
    stream.end();
    page.resume();
    await once(answer, 'finish');
    expect(faults).toEqual([]);
    expect(ends).toBe(1);
  });
});
