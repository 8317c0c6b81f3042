/** Submits requests over HTTP in a separate process. */
import { answerMessages } from '../measure/child-program.ts';
import { monotonicMs } from '../measure/clock.ts';
import { quantile } from '../measure/rounds.ts';
import { MARK, markOf, REFERENCE, referenceOf } from '../measure/work.ts';
import { Connection, buildRequest } from './connection.ts';

/**
 * Only the reference and the mark differ between requests, so the client's work is the same for all servers.
 */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  /** One set of headers for each submitting force, shared by the connections. It may contain REFERENCE. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** REFERENCE is replaced by each request's own reference, and MARK by its own registration mark. */
  readonly body: string;
  /** The prefix of the references: at most eight characters, different in each round. */
  readonly prefix: string;
  readonly connections: number;
  /** The load ends after this many requests or after this many milliseconds, whichever is given. */
  readonly requests?: number;
  readonly ms?: number;
  /**
   * Requests per second over all connections. Without it, each connection sends as soon as it has its answer.
   */
  readonly rate?: number;
  /** True if the result holds the time at which each request was due. */
  readonly recorded?: boolean;
}

export interface LoadResult {
  readonly answered: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** The body of the first refusal, which says the reason. */
  readonly firstRefusal?: string;
  /** The due time of each request by its number (`monotonicMs`), when the order asks for it. */
  readonly dueMs?: readonly number[];
}

export async function load(order: LoadOrder): Promise<LoadResult> {
  const requests = order.headers.map((headers) =>
    buildRequest('POST', order.path, headers, order.body).split(new RegExp(`(${REFERENCE}|${MARK})`)),
  );
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let firstRefusal: string | undefined;
  const dueMs: number[] = [];
  let sent = 0;
  const began = performance.now();
  const beganMonotonic = monotonicMs();
  const mayGoOn = (): boolean =>
    (order.requests === undefined || sent < order.requests) &&
    (order.ms === undefined || performance.now() - began < order.ms);

  await Promise.all(
    Array.from({ length: order.connections }, async (_, place) => {
      const pieces = requests[place % requests.length] ?? [];
      const connection = await Connection.open(order.port);
      while (mayGoOn()) {
        const number = sent++;
        // At a given rate every request has a due time. Waiting for a late answer counts as latency of the
        // next request.
        const due = order.rate === undefined ? performance.now() : began + (number * 1000) / order.rate;
        if (order.recorded) dueMs[number] = beganMonotonic + due - began;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const reference = referenceOf(order.prefix, number);
        const text = pieces
          .map((piece) => (piece === REFERENCE ? reference : piece === MARK ? markOf(number) : piece))
          .join('');
        const answer = await connection.exchange(text);
        latencies.push(performance.now() - due);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status >= 300) firstRefusal ??= answer.text;
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  latencies.sort((left, right) => left - right);
  return {
    answered: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    statuses,
    firstRefusal,
    ...(order.recorded && { dueMs }),
  };
}

if (import.meta.main) answerMessages(load);
