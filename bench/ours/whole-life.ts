import type { ChildProgram } from '../measure/child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { Contender } from '../measure/rounds.ts';
import type { BenchStack } from '../measure/stack.ts';
import { CONNECTIONS, MARK, markOf, REFERENCE, referenceOf, SUBMISSION, UNIT } from '../measure/work.ts';
import { ForceFeeds } from './force-feeds.ts';
import { Staff } from './staff.ts';

/** The staffing of each contender. With `inBulk`, each force sends one file instead of a call per request. */
export const STAFFED = {
  workers: {
    name: 'Concordat (a call for each request; automatic workers, 100 requests a call)',
    connections: 2,
    batch: 100,
    inBulk: false,
  },
  files: {
    name: 'Concordat (a file of many from each force; automatic workers, 100 requests a call)',
    connections: 2,
    batch: 100,
    inBulk: true,
  },
  desk: {
    name: 'Concordat (a call for each request; staff, one request a call)',
    connections: 32,
    batch: 1,
    inBulk: false,
  },
} as const;
const FEED_EVERY_MS = 250;

/**
 * Opens the whole running stack as a contender: REST at intake → Kafka → the unit's queue → claimed and
 * answered over the unit's HTTP API → Kafka → read from the force's feed. Services run as with `npm start`.
 */
export async function openWholeLife(
  bench: BenchStack,
  staffed: keyof typeof STAFFED,
  requests: number,
  load: ChildProgram,
): Promise<Contender> {
  const { name, connections, batch, inBulk } = STAFFED[staffed];
  const staff = new Staff(bench);
  const feeds = await ForceFeeds.open(bench);
  // The same contender may be opened several times in one run, and its references must stay unique.
  const number = (opened += 1);
  return {
    name,
    async round(round) {
      const prefix = `w${String(number)}.${String(round)}-`;
      const order = {
        port: Number(new URL(bench.run.urls.intake).port),
        path: '/v1/requests',
        headers: await feeds.headers(),
        body: SUBMISSION,
        prefix,
        connections: CONNECTIONS,
        requests,
      };
      await feeds.catchUp();
      const began = performance.now();
      const working = staff.work({ connections, batch, requests });
      const delivered = feeds.readAnswers(requests, { everyMs: FEED_EVERY_MS });
      const submitting = inBulk
        ? sendFiles(bench, order.headers, requests, prefix)
        : load.ask<LoadResult>(order);
      const [submitted] = await Promise.all([submitting, working, delivered]);
      if (submitted?.firstRefusal) throw new Error(`intake: ${submitted.firstRefusal}`);
      const seconds = (performance.now() - began) / 1000;
      if (round === 0) await settleDatabases(bench);
      return {
        perSecond: requests / seconds,
        ...(submitted && { p50Ms: submitted.p50Ms, p99Ms: submitted.p99Ms }),
      };
    },
    end: () => staff.end(),
  };
}
let opened = 0;

/** Sends one file from each force, all at once, and returns when every line has its result. */
async function sendFiles(
  bench: BenchStack,
  forces: readonly Record<string, string>[],
  requests: number,
  prefix: string,
): Promise<undefined> {
  const files = forces.map(() => [] as string[]);
  for (let number = 0; number < requests; number += 1) {
    const line = SUBMISSION.replace(REFERENCE, referenceOf(prefix, number)).replace(MARK, markOf(number));
    files[number % files.length]?.push(line);
  }
  await Promise.all(
    forces.map(async (headers, place) => {
      const response = await fetch(`${bench.run.urls.intake}/v1/bulk`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/x-ndjson',
          'idempotency-key': `${prefix}${String(place)}`,
        },
        body: files[place]?.join('\n') ?? '',
      });
      const text = await response.text();
      const { accepted } = JSON.parse(text) as { accepted?: number };
      if (response.status !== 202 || accepted !== files[place]?.length)
        throw new Error(`intake: ${String(response.status)} ${text}`);
    }),
  );
}

/** Settles the databases that take part in a whole life. */
async function settleDatabases(bench: BenchStack): Promise<void> {
  await Promise.all(
    ['intake', UNIT].map((service) => bench.settle(bench.urlOf(`concordat_${service.replaceAll('-', '_')}`))),
  );
}
