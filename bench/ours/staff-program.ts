/**
 * Automatic staff in a process of their own: get next, answer, again, through the unit's public HTTP API and nothing else.
 * Each connection works one request at a time.
 */
import { answerMessages } from '../child-program.ts';
import { Connection, requestText } from '../load/connection.ts';

export interface StaffOrder {
  readonly port: number;
  /** One access token per member of staff; connections are shared out among them. */
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Ends when so many have been answered. */
  readonly requests: number;
}

/** How long a connection rests when the queue was empty. */
const IDLE_MS = 5;

answerMessages(async ({ port, tokens, connections, answer, requests }: StaffOrder) => {
  const body = JSON.stringify({ answer });
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const authorization = `Bearer ${tokens[index % tokens.length] ?? ''}`;
      const next = requestText('POST', '/v1/queue/next', { authorization }, '{}');
      const connection = await Connection.open(port);
      while (answered < requests) {
        const taken = await connection.exchange(next);
        if (taken.status === 204) {
          await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
          continue;
        }
        if (taken.status !== 200) throw new Error(`get next: ${String(taken.status)} ${taken.text}`);
        const { id, version } = JSON.parse(taken.text) as { id: string; version: number };
        const done = await connection.exchange(
          requestText('POST', `/v1/requests/${id}/answer`, { authorization, 'if-match': `"${String(version)}"` }, body),
        );
        if (done.status !== 200) throw new Error(`answer: ${String(done.status)} ${done.text}`);
        answered += 1;
      }
      connection.close();
    }),
  );
  return { answered };
});
