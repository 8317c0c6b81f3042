/**
 * Load over HTTP/1.1 from a process of its own: kept-alive connections, one request at a time on each. It speaks to the
 * socket itself, because Node's own client costs more than most of the servers measured here.
 */
import { connect, type Socket } from 'node:net';
import { answerMessages } from '../child-program.ts';

/** Everything but the reference stands still, so that the client's own work is the same for every server. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Body with `REFERENCE` where each request's own reference goes; a header may hold it as well. */
  readonly body: string;
  readonly prefix: string;
  readonly connections: number;
  /** Ends after so many answers, or after so many milliseconds, whichever is named. */
  readonly requests?: number;
  readonly ms?: number;
  /** Requests a second over all connections; as fast as answers come when left out. */
  readonly rate?: number;
}

export interface LoadResult {
  readonly answered: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** First body that was not a success, to say why. */
  readonly firstRefusal?: string;
}

const REFERENCE_LENGTH = 20;

export async function load(order: LoadOrder): Promise<LoadResult> {
  const head = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(order.body.replaceAll('REFERENCE', '0'.repeat(REFERENCE_LENGTH)))),
    ...order.headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const pieces = `POST ${order.path} HTTP/1.1\r\n${head.join('')}\r\n${order.body}`.split('REFERENCE');
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let firstRefusal: string | undefined;
  let sent = 0;
  const began = performance.now();
  const mayGoOn = (): boolean =>
    (order.requests === undefined || sent < order.requests) && (order.ms === undefined || performance.now() - began < order.ms);

  await Promise.all(
    Array.from({ length: order.connections }, async () => {
      const line = new Line(await open(order.port));
      while (mayGoOn()) {
        const number = sent++;
        // At a given rate every request has its moment; waiting for a late answer counts as latency of the next ones.
        const due = order.rate === undefined ? performance.now() : began + (number * 1000) / order.rate;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const reference = `${order.prefix}${String(number).padStart(REFERENCE_LENGTH - order.prefix.length, '0')}`;
        const answer = await line.exchange(pieces.join(reference));
        latencies.push(performance.now() - due);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status >= 300) firstRefusal ??= answer.text;
      }
      line.close();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  latencies.sort((left, right) => left - right);
  const quantile = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    answered: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    statuses,
    firstRefusal,
  };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

/** One connection. Answers must carry a content-length, as all servers here do. */
class Line {
  private received = '';
  private awaiting: { resolve: (answer: { status: number; text: string }) => void; reject: (error: Error) => void } | undefined;

  private readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      this.received += String(text);
      this.read();
    });
    const lost = (error?: Error): void => this.awaiting?.reject(error ?? new Error('the server closed the connection'));
    socket.on('error', lost).on('close', () => lost());
  }

  exchange(request: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      this.awaiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.awaiting = undefined;
    this.socket.destroy();
  }

  private read(): void {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, end + 2));
    const whole = end + 4 + Number(length?.[1] ?? 0);
    if (this.received.length < whole) return;
    const status = Number(this.received.slice(9, 12));
    const text = status >= 300 ? this.received.slice(end + 4, whole) : '';
    this.received = this.received.slice(whole);
    const { awaiting } = this;
    this.awaiting = undefined;
    awaiting?.resolve({ status, text });
  }
}

if (import.meta.main) answerMessages(load);
