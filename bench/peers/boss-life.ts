/**
 * pg-boss 12 as the whole transport, in one process and without HTTP, validation, ownership or a broker, like
 * a team that keeps everything in PostgreSQL. Each loop fetches again at once instead of polling, which
 * favours pg-boss.
 */
import pg from 'pg';
import { PgBoss, type Job } from 'pg-boss';
import { answerMessages } from '../measure/child-program.ts';

interface LifeOrder {
  readonly mode: 'per-item' | 'batched';
  readonly requests: number;
  readonly batch: number;
  readonly body: Record<string, unknown>;
}

const SUBMITTED = 'submitted';
const ANSWERED = 'answered';
const LOOPS = 8;

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 40 });
const boss = new PgBoss({
  connectionString: process.env['DATABASE_URL'],
  max: 30,
  supervise: false,
  schedule: false,
});
boss.on('error', (error) => console.error(error));
let ready = false;

answerMessages(async (life: LifeOrder) => {
  if (!ready) {
    await pool.query(`create table if not exists request (id uuid primary key, force text not null, reference text not null, type text not null,
      state text not null, payload jsonb not null, answer jsonb, received_at timestamptz not null default now(), unique (force, reference))`);
    await boss.start();
    await boss.createQueue(SUBMITTED);
    await boss.createQueue(ANSWERED);
    ready = true;
  }
  const began = performance.now();
  await (life.mode === 'per-item' ? runPerItem(life) : runBatched(life));
  const seconds = (performance.now() - began) / 1000;
  await boss.deleteAllJobs(SUBMITTED);
  await boss.deleteAllJobs(ANSWERED);
  return { perSecond: life.requests / seconds, seconds };
});

/**
 * Runs one transaction per request: the row and its job together, then claim, answer and the answer's job
 * together, then delivery.
 */
async function runPerItem({ requests, body }: LifeOrder): Promise<void> {
  const submitting = repeatInLoops(requests, 64, async () => {
    const id = crypto.randomUUID();
    await transaction(async (client) => {
      await client.query({
        name: 'insert',
        text: `insert into request (id, force, reference, type, state, payload) values ($1, 'bedfordshire', $2, 'vehicle-repair', 'queued', $3)`,
        values: [id, id, JSON.stringify(body)],
      });
      await boss.send(SUBMITTED, { id, payload: body }, { db: executor(client) });
    });
  });
  const answering = drain(SUBMITTED, requests, 1, async ([job]) => {
    const { id } = job?.data as { id: string };
    await transaction(async (client) => {
      await client.query({
        name: 'claim',
        text: `update request set state = 'claimed' where id = $1`,
        values: [id],
      });
      await client.query({
        name: 'answer',
        text: `update request set state = 'answered', answer = $2 where id = $1`,
        values: [id, '{"outcome":"done"}'],
      });
      await boss.send(ANSWERED, { id, answer: { outcome: 'done' } }, { db: executor(client) });
      await boss.complete(SUBMITTED, job?.id as string, null, { db: executor(client) });
    });
  });
  const delivering = drain(ANSWERED, requests, 1, async ([job]) => {
    await boss.complete(ANSWERED, job?.id as string);
  });
  await Promise.all([submitting, answering, delivering]);
}

/** Moves only jobs, without rows of our own, through two queues in batches. */
async function runBatched({ requests, body, batch }: LifeOrder): Promise<void> {
  const submitting = repeatInLoops(Math.ceil(requests / batch), 4, async () => {
    await boss.insert(
      SUBMITTED,
      Array.from({ length: batch }, () => ({ data: { id: crypto.randomUUID(), payload: body } })),
    );
  });
  const answering = drain(
    SUBMITTED,
    requests,
    batch,
    async (jobs) => {
      await boss.insert(
        ANSWERED,
        jobs.map((job) => ({ data: { id: (job.data as { id: string }).id, answer: { outcome: 'done' } } })),
      );
      await boss.complete(
        SUBMITTED,
        jobs.map(({ id }) => id),
      );
    },
    2,
  );
  const delivering = drain(
    ANSWERED,
    requests,
    batch,
    async (jobs) => {
      await boss.complete(
        ANSWERED,
        jobs.map(({ id }) => id),
      );
    },
    2,
  );
  await Promise.all([submitting, answering, delivering]);
}

async function drain(
  queue: string,
  total: number,
  batchSize: number,
  handle: (jobs: Job<object>[]) => Promise<void>,
  loops = LOOPS,
): Promise<void> {
  let left = total;
  await Promise.all(
    Array.from({ length: loops }, async () => {
      while (left > 0) {
        const jobs = await boss.fetch<object>(queue, { batchSize });
        if (jobs.length > 0) {
          await handle(jobs);
          left -= jobs.length;
        } else await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }),
  );
}

async function repeatInLoops(total: number, loops: number, work: () => Promise<void>): Promise<void> {
  let begun = 0;
  await Promise.all(
    Array.from({ length: loops }, async () => {
      while (begun++ < total) await work();
    }),
  );
}

async function transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const executor = (
  client: pg.PoolClient,
): { executeSql: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }> } => ({
  executeSql: (text, values) => client.query(text, values),
});
