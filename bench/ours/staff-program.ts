/**
 * Automatic workers in a separate process. They claim and answer only through the unit's public HTTP API.
 * Each connection works on one request at a time, or takes and answers many requests in a call.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { answerMessages } from '../measure/child-program.ts';
import { monotonicMs } from '../measure/clock.ts';
import { Connection, buildRequest } from '../load/connection.ts';

export interface StaffOrder {
  readonly port: number;
  /** One access token per worker. The connections use them in turn. */
  readonly tokens: readonly string[];
  readonly connections: number;
  /** The number of requests in a call. A person at a desk uses 1. */
  readonly batch: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** The program ends when this many requests have been answered. */
  readonly requests: number;
  /**
   * The interval at which another member of staff reads the queue. When it is set, the program records when
   * each request was first seen, on a page of the queue or by the worker that took it.
   */
  readonly lookEveryMs?: number;
}

export interface StaffResult {
  readonly answered: number;
  /** The force's reference of each request, and the time when it was first seen (`monotonicMs`). */
  readonly seenAt: readonly (readonly [reference: string, atMs: number])[];
}

interface TakenRequest {
  readonly id: string;
  readonly version: number;
  readonly forceReference: string;
}

type RecordSeen = (items: readonly TakenRequest[]) => void;

/** The pause of a connection when the queue is empty. */
const IDLE_MS = 20;
/** The longest page of a queue. */
const PAGE = 200;

answerMessages(
  async ({
    port,
    tokens,
    connections,
    batch,
    answer,
    requests,
    lookEveryMs,
  }: StaffOrder): Promise<StaffResult> => {
    let answered = 0;
    const seenAt = new Map<string, number>();
    const recordSeen: RecordSeen = (items) => {
      if (lookEveryMs === undefined) return;
      const now = monotonicMs();
      for (const { forceReference } of items)
        if (!seenAt.has(forceReference)) seenAt.set(forceReference, now);
    };
    const authorizationOf = (index: number): string => `Bearer ${tokens[index % tokens.length] ?? ''}`;
    const working = Array.from({ length: connections }, async (_, index) => {
      const connection = await Connection.open(port);
      const work =
        batch === 1
          ? workOneAtATime(connection, authorizationOf(index), answer)
          : workInBatches(connection, authorizationOf(index), answer, batch, recordSeen);
      while (answered < requests) {
        const count = await work();
        if (count === 0) await pause(IDLE_MS);
        answered += count;
      }
      connection.close();
    });
    const looking = async (everyMs: number): Promise<void> => {
      const connection = await Connection.open(port);
      const look = buildRequest('GET', `/v1/queue?state=queued&limit=${String(PAGE)}`, {
        authorization: authorizationOf(0),
      });
      while (answered < requests) {
        const page = await connection.exchange(look);
        if (page.status !== 200) throw new Error(`queue: ${String(page.status)} ${page.text}`);
        const { groups } = JSON.parse(page.text) as { groups: { items: TakenRequest[] }[] };
        recordSeen(groups.flatMap(({ items }) => items));
        await pause(everyMs);
      }
      connection.close();
    };
    await Promise.all([...working, ...(lookEveryMs === undefined ? [] : [looking(lookEveryMs)])]);
    return { answered, seenAt: [...seenAt] };
  },
);

/** Returns a function that takes and answers the next request, and returns the number answered: 0 or 1. */
function workOneAtATime(
  connection: Connection,
  authorization: string,
  answer: object,
): () => Promise<number> {
  const next = buildRequest('POST', '/v1/queue/next', { authorization }, '{}');
  const body = JSON.stringify({ answer });
  return async () => {
    const taken = await connection.exchange(next);
    if (taken.status === 204) return 0;
    if (taken.status !== 200) throw new Error(`get next: ${String(taken.status)} ${taken.text}`);
    const { id, version } = JSON.parse(taken.text) as TakenRequest;
    const headers = { authorization, 'if-match': `"${String(version)}"` };
    const done = await connection.exchange(buildRequest('POST', `/v1/requests/${id}/answer`, headers, body));
    if (done.status !== 200) throw new Error(`answer: ${String(done.status)} ${done.text}`);
    return 1;
  };
}

/** Returns a function that takes and answers a batch, and returns the number of answered requests. */
function workInBatches(
  connection: Connection,
  authorization: string,
  answer: object,
  batch: number,
  recordSeen: RecordSeen,
): () => Promise<number> {
  const take = buildRequest('POST', '/v1/queue/take', { authorization }, JSON.stringify({ count: batch }));
  return async () => {
    const taken = await connection.exchange(take);
    if (taken.status !== 200) throw new Error(`take: ${String(taken.status)} ${taken.text}`);
    const { items } = JSON.parse(taken.text) as { items: TakenRequest[] };
    if (items.length === 0) return 0;
    recordSeen(items);
    const changes = items.map(({ id, version }) => ({
      request: id,
      command: 'answer',
      version,
      body: { answer },
    }));
    const done = await connection.exchange(
      buildRequest('POST', '/v1/changes', { authorization }, JSON.stringify({ changes })),
    );
    const refused = (JSON.parse(done.text) as { results?: { status: number }[] }).results?.find(
      ({ status }) => status !== 200,
    );
    if (done.status !== 200 || refused)
      throw new Error(`answers: ${String(done.status)} ${done.text.slice(0, 2_000)}`);
    return items.length;
  };
}
