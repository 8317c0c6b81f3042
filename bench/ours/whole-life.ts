import type { ChildProgram } from '../child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { Contender } from '../rounds.ts';
import type { BenchStack } from '../stack.ts';
import { CONNECTIONS, SUBMISSION, UNIT } from '../work.ts';
import { ForceFeeds } from './force-feeds.ts';
import { Staff } from './staff.ts';

/** Who claims and answers, over HTTP. */
export const STAFFED = {
  workers: { name: 'Concordat (automatic workers over HTTP, 100 requests a call)', connections: 2, batch: 100 },
  desk: { name: 'Concordat (staff over HTTP, one request a call)', connections: 32, batch: 1 },
} as const;
const FEED_EVERY_MS = 50;

/**
 * The running stack, whole: REST at intake → Kafka → the unit's queue → claimed and answered over the unit's HTTP API →
 * Kafka → read from the force's feed at intake. Every service is a process of its own, as `npm start` runs it.
 */
export async function wholeLife(
  bench: BenchStack,
  staffed: keyof typeof STAFFED,
  requests: number,
  load: ChildProgram,
): Promise<Contender> {
  const { name, connections, batch } = STAFFED[staffed];
  const staff = new Staff(bench);
  const feeds = await ForceFeeds.open(bench);
  /** The same contender may be entered again in one run: its references must not come twice. */
  const entered = (entries += 1);
  return {
    name,
    async round(number) {
      const order = {
        port: Number(new URL(bench.run.urls.intake).port),
        path: '/v1/requests',
        headers: await feeds.headers(),
        body: SUBMISSION,
        prefix: `w${String(entered)}.${String(number)}-`,
        connections: CONNECTIONS,
        requests,
      };
      await feeds.catchUp();
      const began = performance.now();
      const working = staff.work({ connections, batch, requests });
      const delivered = feeds.readAnswers(requests, { everyMs: FEED_EVERY_MS });
      const [submitted] = await Promise.all([load.ask<LoadResult>(order), working, delivered]);
      if (submitted.firstRefusal) throw new Error(`intake: ${submitted.firstRefusal}`);
      const seconds = (performance.now() - began) / 1000;
      if (number === 0) await settleLife(bench);
      return { perSecond: requests / seconds, p50Ms: submitted.p50Ms, p99Ms: submitted.p99Ms };
    },
    end: () => staff.end(),
  };
}
let entries = 0;

/** The databases that a life goes through. */
async function settleLife(bench: BenchStack): Promise<void> {
  await Promise.all(['intake', UNIT].map((service) => bench.settle(bench.urlOf(`concordat_${service.replaceAll('-', '_')}`))));
}
