import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Frames, KafkaConversation } from './kafka-conversation.ts';
import type { Counts, Weather } from './network-control.ts';

type Direction = 'to the part' | 'from the part';
/** Gives what a chunk lets pass; nothing more passes of a connection that it has reset. */
type Filter = (chunk: Buffer) => readonly Buffer[];

/** What waits in one direction of a connection before its sender is made to wait. */
const WAITING_BYTES_MAX = 1_000_000;

/**
 * Hands on what comes at one port of 127.0.0.1 to another, as well or as badly as it is told. It hands on streams, not packets:
 * what is held is late, never lost, and who connects meanwhile is connected to it and hears nothing.
 */
export class Proxy {
  private weather: Weather = {};
  private changed = Promise.withResolvers<void>();
  private readonly freeAt: Record<Direction, number> = { 'to the part': 0, 'from the part': 0 };
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

  set(weather: Weather): void {
    this.weather = weather;
    this.changed.resolve();
    this.changed = Promise.withResolvers<void>();
  }

  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  counts(): Counts {
    const { connections, joins, lostReplies } = this.seen;
    return { connections, joins, lostReplies };
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    this.seen.connections += 1;
    const part = connect({ port: this.to, host: '127.0.0.1', noDelay: true });
    const pair = [client, part];
    for (const socket of pair) {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      // Told by 'close', which follows.
      socket.on('error', () => undefined);
    }
    const [ask, answer] = this.speaksKafka ? this.kafkaFilters(pair) : [unchanged, unchanged];
    this.handOn(client, part, 'to the part', ask);
    this.handOn(part, client, 'from the part', answer);
  }

  private handOn(source: Socket, target: Socket, direction: Direction, filter: Filter): void {
    let waiting = 0;
    let last: Promise<void> = Promise.resolve();
    const inTurn = (work: () => Promise<void> | void): void => void (last = last.then(work));
    source.on('data', (chunk) => {
      const dueAt = Date.now() + (direction === 'from the part' ? (this.weather.delayMs ?? 0) : 0);
      waiting += chunk.length;
      if (waiting > WAITING_BYTES_MAX) source.pause();
      inTurn(async () => {
        await this.passage(direction, chunk.length, dueAt);
        for (const part of filter(chunk)) if (target.writable) target.write(part);
        waiting -= chunk.length;
        source.resume();
      });
    });
    // An end is a packet as well: it comes behind what was sent before, and not while nothing passes.
    source.on('end', () => inTurn(() => void target.end()));
    source.on('close', () =>
      inTurn(async () => {
        await this.passage(direction, 0, 0);
        target.destroy();
      }),
    );
  }

  private async passage(direction: Direction, bytes: number, dueAt: number): Promise<void> {
    const late = dueAt - Date.now();
    if (late > 0) await pause(late);
    while (this.weather.hold === 'both ways' || this.weather.hold === direction) await this.changed.promise;
    const { bytesPerSecond } = this.weather;
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
        answered.push(chunk).filter((frame) => !(conversation.answer(frame).produced && this.loses(pair))),
    ];
  }

  private loses(pair: readonly Socket[]): boolean {
    const { loseProduceReply } = this.weather;
    if (!loseProduceReply || (this.seen.produceReplies += 1) % loseProduceReply.every !== 0) return false;
    this.seen.lostReplies += 1;
    if (loseProduceReply.withConnection) for (const socket of pair) socket.resetAndDestroy();
    return true;
  }
}

const unchanged: Filter = (chunk) => [chunk];
