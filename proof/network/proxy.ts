import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Frames, KafkaConversation } from './kafka-conversation.ts';
import type { ProxyCounts, NetworkProfile } from './network-control.ts';

type Direction = 'to the server' | 'from the server';
/** Returns the bytes of a chunk that may pass. It may also reset the connection. */
type Filter = (chunk: Buffer) => readonly Buffer[];

/** When this many bytes wait in one direction of a connection, the proxy stops reading from the sender. */
const WAITING_BYTES_MAX = 1_000_000;

/**
 * Forwards connections from one port of 127.0.0.1 to another, as the network profile says. It forwards
 * streams, not packets, so bytes that are held back are late but never lost. It still accepts new
 * connections.
 */
export class Proxy {
  private profile: NetworkProfile = {};
  private changed = Promise.withResolvers<void>();
  private readonly freeAt: Record<Direction, number> = { 'to the server': 0, 'from the server': 0 };
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private readonly seen = { connections: 0, joins: 0, lostReplies: 0, produceReplies: 0 };

  private readonly to: number;
  private readonly speaksKafka: boolean;

  private constructor(to: number, speaksKafka: boolean) {
    this.to = to;
    this.speaksKafka = speaksKafka;
    this.server = createServer({ noDelay: true }, (client) => this.accept(client));
  }

  static async start({
    from,
    to,
    speaksKafka,
  }: {
    from: number;
    to: number;
    speaksKafka: boolean;
  }): Promise<Proxy> {
    const proxy = new Proxy(to, speaksKafka);
    await new Promise<void>((resolve, reject) => {
      proxy.server.once('error', reject);
      proxy.server.listen({ port: from, host: '127.0.0.1' }, resolve);
    });
    return proxy;
  }

  set(profile: NetworkProfile): void {
    this.profile = profile;
    this.changed.resolve();
    this.changed = Promise.withResolvers<void>();
  }

  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  counts(): ProxyCounts {
    const { connections, joins, lostReplies } = this.seen;
    return { connections, joins, lostReplies };
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    this.seen.connections += 1;
    const server = connect({ port: this.to, host: '127.0.0.1', noDelay: true });
    const pair = [client, server];
    for (const socket of pair) {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      // The 'close' event follows every error and is handled.
      socket.on('error', () => undefined);
    }
    const [ask, answer] = this.speaksKafka ? this.kafkaFilters(pair) : [unchanged, unchanged];
    this.forward(client, server, 'to the server', ask);
    this.forward(server, client, 'from the server', answer);
  }

  private forward(source: Socket, target: Socket, direction: Direction, filter: Filter): void {
    let waiting = 0;
    let last: Promise<void> = Promise.resolve();
    const inTurn = (work: () => Promise<void> | void): void => void (last = last.then(work));
    source.on('data', (chunk) => {
      const dueAt = Date.now() + (direction === 'from the server' ? (this.profile.delayMs ?? 0) : 0);
      waiting += chunk.length;
      if (waiting > WAITING_BYTES_MAX) source.pause();
      inTurn(async () => {
        await this.waitForPassage(direction, chunk.length, dueAt);
        for (const bytes of filter(chunk)) if (target.writable) target.write(bytes);
        waiting -= chunk.length;
        source.resume();
      });
    });
    // The end of a stream is forwarded after all earlier bytes, and it is held back like them.
    source.on('end', () => inTurn(() => void target.end()));
    source.on('close', () =>
      inTurn(async () => {
        await this.waitForPassage(direction, 0, 0);
        target.destroy();
      }),
    );
  }

  private async waitForPassage(direction: Direction, bytes: number, dueAt: number): Promise<void> {
    const late = dueAt - Date.now();
    if (late > 0) await pause(late);
    while (this.profile.hold === 'both ways' || this.profile.hold === direction) await this.changed.promise;
    const { bytesPerSecond } = this.profile;
    if (bytesPerSecond === undefined) return;
    this.freeAt[direction] = Math.max(Date.now(), this.freeAt[direction]) + (bytes * 1_000) / bytesPerSecond;
    await pause(this.freeAt[direction] - Date.now());
  }

  private kafkaFilters(pair: readonly Socket[]): [Filter, Filter] {
    const conversation = new KafkaConversation();
    const [asked, answered] = [new Frames(), new Frames()];
    return [
      (chunk) => {
        const frames = asked.push(chunk);
        for (const frame of frames) if (conversation.request(frame).joins) this.seen.joins += 1;
        return frames;
      },
      (chunk) =>
        answered
          .push(chunk)
          .filter((frame) => !(conversation.answer(frame).produced && this.dropReply(pair))),
    ];
  }

  private dropReply(pair: readonly Socket[]): boolean {
    const { loseProduceReply } = this.profile;
    if (!loseProduceReply || (this.seen.produceReplies += 1) % loseProduceReply.every !== 0) return false;
    this.seen.lostReplies += 1;
    if (loseProduceReply.withConnection) for (const socket of pair) socket.resetAndDestroy();
    return true;
  }
}

const unchanged: Filter = (chunk) => [chunk];
