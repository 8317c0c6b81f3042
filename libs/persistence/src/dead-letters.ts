import type { PoolClient } from 'pg';
import type { ProblemDetails } from '#contracts';
import { newId, UNATTRIBUTED } from '#kernel';
import { KEEP_DEAD_LETTERS, NEWEST_DEAD_LETTERS } from './dead-letters.sql.ts';
import type { Database } from './database.ts';

/** A message that could not be processed, in the form that the transport passes on. */
export interface UndeliverableMessage {
  readonly message: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: string;
    readonly rawKey: Buffer | null;
    readonly rawHeaders: readonly (readonly [name: string, value: Buffer | null])[];
    readonly value: Buffer | null;
  };
  readonly problem: ProblemDetails;
  /** The owning force; UNATTRIBUTED when neither the topic nor a header names it. */
  readonly force: string;
  /** For a fault of the service: the reason to keep instead of the problem's detail. */
  readonly fault?: string;
}

export interface KeptDeadLetter {
  readonly owningForce: string;
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly problem: ProblemDetails;
  readonly keptAt: Date;
  readonly bytes: number;
}

const REASON_LENGTH_MAX = 500;

/** Keeps rejected messages with their bytes and reason, under the owning force. */
export class PostgresDeadLetters {
  private readonly forces: ReadonlySet<string>;

  constructor(
    private readonly database: Database,
    /** The forces of the deployment. A header that names another force does not attribute the message. */
    forces: readonly string[],
  ) {
    this.forces = new Set(forces);
  }

  /** Idempotent per topic, partition and offset: a message that arrives again is kept once. */
  async keep(letters: readonly UndeliverableMessage[]): Promise<void> {
    if (letters.length === 0) return;
    const owned = letters.map((letter) =>
      this.forces.has(letter.force) ? letter : { ...letter, force: UNATTRIBUTED },
    );
    const owners = [...new Set(owned.map(({ force }) => force))];
    await this.database.transaction(owners, (client) => keepDeadLetters(client, owned));
  }
}

/** Keeps dead letters in the caller's transaction, which must name the forces of the letters. */
export async function keepDeadLetters(
  client: PoolClient,
  letters: readonly UndeliverableMessage[],
): Promise<void> {
  if (letters.length === 0) return;
  await client.query({
    name: 'dead-letter-keep',
    text: KEEP_DEAD_LETTERS,
    values: [
      letters.map(({ force }) => force),
      letters.map(() => newId()),
      letters.map(({ message }) => message.topic),
      letters.map(({ message }) => message.partition),
      letters.map(({ message }) => message.offset),
      letters.map(({ message }) => message.rawKey),
      letters.map(({ message }) => JSON.stringify(message.rawHeaders.map(readableHeader))),
      letters.map(({ message }) => message.value),
      // PostgreSQL's text cannot hold a NUL character.
      letters.map(({ problem, fault }) =>
        (fault ?? problem.detail).replaceAll('\0', '\uFFFD').slice(0, REASON_LENGTH_MAX),
      ),
      letters.map(({ problem }) => JSON.stringify(problem)),
    ],
  });
}

/** A header with its bytes. `text` is added for readers when the bytes are text. */
function readableHeader([name, value]: readonly [string, Buffer | null]): {
  name: string;
  base64: string | null;
  text?: string;
} {
  if (value === null) return { name, base64: null };
  const text = value.toString('utf8');
  return { name, base64: value.toString('base64'), ...(!/[\0-\x08\uFFFD]/.test(text) && { text }) };
}

/** The newest dead letters of the transaction's forces, without their bytes. */
export async function newestDeadLetters(client: PoolClient, limit = 100): Promise<KeptDeadLetter[]> {
  const { rows } = await client.query<KeptDeadLetter>(NEWEST_DEAD_LETTERS, [limit]);
  return rows;
}
