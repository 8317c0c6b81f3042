/**
 * A door that only stores: Fastify's own JSON parser, without token, validation and rules. It stores the same
 * data as intake, with intake's own statement and schema.
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

/** It is empty when the door stores in Redis. */
const url = process.env['DATABASE_URL'] ?? '';
const FORCE = 'bedfordshire';
/** Intake's own pool has the same size. */
const CONNECTIONS = 12;

/** Stores a submission and resolves when it is durable. */
type Store = (item: StorableSubmission) => Promise<unknown>;

const STORES: Readonly<Record<string, () => Promise<Store>>> = {
  grouped: async () => {
    const store = new SubmissionStore(
      await Database.open({ url, applicationName: 'bare-door', poolMax: CONNECTIONS }),
    );
    const commits = new SharedCommits<StorableSubmission, StoreOutcome>({
      commit: (items) => store.store(items),
      claimsOf,
      ownerOf: ({ force }) => force,
    });
    return (item) => commits.submit(item);
  },
  single: async () => {
    const database = await Database.open({ url, applicationName: 'bare-door', poolMax: CONNECTIONS });
    return (item) => database.transaction([FORCE], (client) => storeIn(client, [item]));
  },
  // This is the same statement without our transaction wrapper, whose cost must not count against a peer.
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

const openStore = STORES[process.env['WAY'] ?? ''];
if (!openStore) throw new Error(`WAY must be one of ${Object.keys(STORES).join(', ')}`);
const store = await openStore();
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
  await store(item);
  return reply.code(201).send({ id, state: 'accepted', ...body });
});
await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.on('message', () => process.send?.({ result: true }));
process.once('disconnect', () => process.exit(0));
