/** Submissions over HTTP from a process of its own. */
import { answerMessages } from '../measure/child-program.ts';
import { monotonicMs } from '../measure/clock.ts';
import { quantile } from '../measure/rounds.ts';
import { MARK, markOf, REFERENCE, referenceOf } from '../measure/work.ts';
import { Connection, requestText } from './connection.ts';

/** Everything but the reference and the mark stands still, so that the client's own work is the same for every server. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  /** One set for each force that submits, shared out over the connections. May hold REFERENCE, like the body. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** REFERENCE (20 characters, below) → each request's own reference; `REGMARK` → a registration mark of its own. */
  readonly body: string;
  /** At most eight characters, different in each round. */
  readonly prefix: string;
  readonly connections: number;
  /** Ends after so many answers, or after so many milliseconds, whichever is named. */
  readonly requests?: number;
  readonly ms?: number;
  /** Requests a second over all connections; as fast as answers come when left out. */
  readonly rate?: number;
  /** Return when each request was due. */
  readonly recorded?: boolean;
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
  /** By the number of the request, on the clock of the machine (`monotonicMs`); when the order wants them recorded. */
  readonly dueMs?: readonly number[];
}

export async function load(order: LoadOrder): Promise<LoadResult> {
  const requests = order.headers.map((headers) =>
    requestText('POST', order.path, headers, order.body).split(new RegExp(`(${REFERENCE}|${MARK})`)),
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
        // At a given rate every request has its moment; waiting for a late answer counts as latency of the next ones.
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
