/**
 * A door without anything but the store: Fastify's own JSON parser, no token, no validation, no rules. What it stores is
 * what intake stores, by intake's own statement, in intake's own schema.
 */
import { createHash } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'bullmq-redis';
import Fastify from 'fastify';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { newId } from '#kernel';
import { Database } from '#persistence';
import {
  claimsOf,
  SharedCommits,
  storeIn,
  SubmissionStore,
  type StorableSubmission,
  type StoreOutcome,
} from '#intake';

interface Body {
  readonly type: string;
  readonly reference: string;
  readonly payload: Record<string, unknown>;
}

/** Empty where the way stores in Redis. */
const url = process.env['DATABASE_URL'] ?? '';
const FORCE = 'bedfordshire';
/** As many as intake's own pool. */
const CONNECTIONS = 12;

/** Resolves when the submission is durable. */
type Take = (item: StorableSubmission) => Promise<unknown>;

const WAYS: Readonly<Record<string, () => Promise<Take>>> = {
  grouped: async () => {
    const store = new SubmissionStore(
      await Database.open({ url: url, applicationName: 'bare-door', poolMax: 12 }),
    );
    const commits = new SharedCommits<StorableSubmission, StoreOutcome>({
      commit: (items) => store.store(items),
      claimsOf,
      ownerOf: ({ force }) => force,
    });
    return (item) => commits.submit(item);
  },
  single: async () => {
    const database = await Database.open({ url: url, applicationName: 'bare-door', poolMax: 12 });
    return (item) => database.transaction([FORCE], (client) => storeIn(client, [item]));
  },
  // The same statement without our transaction wrapper: what the wrapper costs must not be called a peer's slowness.
  'single-bare': async () => {
    const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
    return async (item) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(`set local concordat.forces = '${FORCE}'`);
        await storeIn(client, [item]);
        await client.query('commit');
      } finally {
        client.release();
      }
    };
  },
  boss: async () => {
    const boss = new PgBoss({ connectionString: url, max: CONNECTIONS, supervise: false, schedule: false });
    boss.on('error', (error) => console.error(error));
    await boss.start();
    await boss.createQueue('submitted');
    return (item) => boss.send('submitted', { id: item.id, ...item.checked });
  },
  bullmq: async () => {
    const connection = new Redis({
      port: Number(process.env['REDIS_PORT']),
      host: '127.0.0.1',
      maxRetriesPerRequest: null,
    });
    const queue = new Queue('submitted', { connection });
    return (item) => queue.add('submitted', { id: item.id, ...item.checked });
  },
};

const way = WAYS[process.env['WAY'] ?? ''];
if (!way) throw new Error(`WAY is one of ${Object.keys(WAYS).join(', ')}`);
const take = await way();
const server = Fastify();
server.post<{ Body: Body }>('/v1/requests', async ({ body }, reply) => {
  const id = newId();
  const item: StorableSubmission = {
    id,
    force: FORCE,
    channel: 'rest',
    key: body.reference,
    submittedBy: 'bench',
    traceparent: null,
    checked: {
      type: {
        name: body.type,
        version: 1,
        unit: 'fleet',
        lawEnforcement: false,
      } as StorableSubmission['checked']['type'],
      reference: body.reference,
      payload: body.payload,
      origin: null,
      destination: 'unit',
      contentHash: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
    },
  };
  await take(item);
  return reply.code(201).send({ id, state: 'accepted', ...body });
});
await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.on('message', () => process.send?.({ result: true }));
process.once('disconnect', () => process.exit(0));
