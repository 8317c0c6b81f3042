/**
 * Automatic workers in a process of their own: claim, answer, again, through the unit's public HTTP API and nothing else.
 * Each connection works one request at a time, or takes and answers many in a call.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { answerMessages } from '../measure/child-program.ts';
import { monotonicMs } from '../measure/clock.ts';
import { Connection, requestText } from '../load/connection.ts';

export interface StaffOrder {
  readonly port: number;
  /** One access token per worker; connections are shared out among them. */
  readonly tokens: readonly string[];
  readonly connections: number;
  /** Requests taken and answered in a call; 1 is what a person's desk does. */
  readonly batch: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Ends when so many have been answered. */
  readonly requests: number;
  /** Somebody else looks at what waits this often; and it is kept when each request was first seen, there or by who took it. */
  readonly lookEveryMs?: number;
}

export interface StaffResult {
  readonly answered: number;
  /** The force's reference of each request, and when it was first seen (`monotonicMs`); empty when nobody looked. */
  readonly seenAt: readonly (readonly [reference: string, atMs: number])[];
}

interface Taken {
  readonly id: string;
  readonly version: number;
  readonly forceReference: string;
}

type See = (items: readonly Taken[]) => void;

/** How long a connection rests when the queue was empty. */
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
    const see: See = (items) => {
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
          ? oneAtATime(connection, authorizationOf(index), answer)
          : inBatches(connection, authorizationOf(index), answer, batch, see);
      while (answered < requests) {
        const count = await work();
        if (count === 0) await pause(IDLE_MS);
        answered += count;
      }
      connection.close();
    });
    const looking = async (everyMs: number): Promise<void> => {
      const connection = await Connection.open(port);
      const look = requestText('GET', `/v1/queue?state=queued&limit=${String(PAGE)}`, {
        authorization: authorizationOf(0),
      });
      while (answered < requests) {
        const page = await connection.exchange(look);
        if (page.status !== 200) throw new Error(`queue: ${String(page.status)} ${page.text}`);
        see((JSON.parse(page.text) as { groups: { items: Taken[] }[] }).groups.flatMap(({ items }) => items));
        await pause(everyMs);
      }
      connection.close();
    };
    await Promise.all([...working, ...(lookEveryMs === undefined ? [] : [looking(lookEveryMs)])]);
    return { answered, seenAt: [...seenAt] };
  },
);

/** Get next, answer: returns how many were answered, 0 when nothing waited. */
function oneAtATime(connection: Connection, authorization: string, answer: object): () => Promise<number> {
  const next = requestText('POST', '/v1/queue/next', { authorization }, '{}');
  const body = JSON.stringify({ answer });
  return async () => {
    const taken = await connection.exchange(next);
    if (taken.status === 204) return 0;
    if (taken.status !== 200) throw new Error(`get next: ${String(taken.status)} ${taken.text}`);
    const { id, version } = JSON.parse(taken.text) as Taken;
    const headers = { authorization, 'if-match': `"${String(version)}"` };
    const done = await connection.exchange(requestText('POST', `/v1/requests/${id}/answer`, headers, body));
    if (done.status !== 200) throw new Error(`answer: ${String(done.status)} ${done.text}`);
    return 1;
  };
}

function inBatches(
  connection: Connection,
  authorization: string,
  answer: object,
  batch: number,
  see: See,
): () => Promise<number> {
  const take = requestText('POST', '/v1/queue/take', { authorization }, JSON.stringify({ count: batch }));
  return async () => {
    const taken = await connection.exchange(take);
    if (taken.status !== 200) throw new Error(`take: ${String(taken.status)} ${taken.text}`);
    const { items } = JSON.parse(taken.text) as { items: Taken[] };
    if (items.length === 0) return 0;
    see(items);
    const changes = items.map(({ id, version }) => ({
      request: id,
      command: 'answer',
      version,
      body: { answer },
    }));
    const done = await connection.exchange(
      requestText('POST', '/v1/changes', { authorization }, JSON.stringify({ changes })),
    );
    const refused = (JSON.parse(done.text) as { results?: { status: number }[] }).results?.find(
      ({ status }) => status !== 200,
    );
    if (done.status !== 200 || refused)
      throw new Error(`answers: ${String(done.status)} ${done.text.slice(0, 2_000)}`);
    return items.length;
  };
}
