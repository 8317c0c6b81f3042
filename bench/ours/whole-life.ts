import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClientCredentials } from '#web';
import { ChildProgram } from '../child-program.ts';
import type { LoadResult } from '../load/http-load.ts';
import type { Contender } from '../rounds.ts';
import type { BenchStack } from '../stack.ts';
import { ANSWER, CONNECTIONS, SUBMISSION, UNIT } from '../work.ts';
import { submitterHeaders } from './intake-alone.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FEED_PAGE = 1_000;

/** Who claims and answers, over HTTP. */
export const STAFFED = {
  workers: { name: 'Concordat (automatic workers over HTTP, 100 requests a call)', connections: 2, batch: 100 },
  desk: { name: 'Concordat (staff over HTTP, one request a call)', connections: 32, batch: 1 },
} as const;
type Staffed = keyof typeof STAFFED;

interface FeedPage {
  readonly items: readonly { readonly type: string; readonly cursor: string }[];
  readonly next?: string;
}

/**
 * The running stack, whole: REST at intake → Kafka → the unit's queue → claimed and answered over the unit's HTTP API →
 * Kafka → read from the force's feed at intake. Every service is a process of its own, as `npm start` runs it.
 */
export async function wholeLife(bench: BenchStack, staffed: Staffed, requests: number, load: ChildProgram): Promise<Contender> {
  const { name, connections, batch } = STAFFED[staffed];
  const staffProgram = new ChildProgram('bench/ours/staff-program.ts');
  const forces = await Promise.all(
    Object.keys(bench.run.forces).map(async (force) => ({
      headers: await submitterHeaders(bench, force),
      cursor: undefined as string | undefined,
    })),
  );
  const staff = Object.entries(bench.run.staff)
    .filter(([, { unit, role }]) => unit === UNIT && role === 'caseworker')
    .map(
      ([clientId, { keyFile, resource }]) =>
        new ClientCredentials({ issuer: bench.run.urls.identity, clientId, keyFile: resolve(ROOT, keyFile), resource }),
    );
  const intake = Number(new URL(bench.run.urls.intake).port);
  const unit = Number(new URL(bench.run.urls.units[UNIT] as string).port);

  /** Reads on from where a force's feed was left; returns the answers found, and whether there is more. */
  const readPage = async (force: (typeof forces)[number]): Promise<{ answers: number; more: boolean }> => {
    const after = force.cursor === undefined ? '' : `&after=${encodeURIComponent(force.cursor)}`;
    const response = await fetch(`${bench.run.urls.intake}/v1/events?limit=${String(FEED_PAGE)}${after}`, {
      headers: await force.headers(),
    });
    if (!response.ok) throw new Error(`feed: ${String(response.status)} ${await response.text()}`);
    const { items } = (await response.json()) as FeedPage;
    force.cursor = items.at(-1)?.cursor ?? force.cursor;
    return { answers: items.filter(({ type }) => type === 'concordat.request-answered.v1').length, more: items.length === FEED_PAGE };
  };
  /** Behind what earlier rounds, ours and others', left in the feeds. */
  const catchUp = async (): Promise<void> => {
    for (const force of forces) while ((await readPage(force)).more);
  };
  /** Until so many answers more have come to all the forces together. */
  const readAnswers = async (count: number): Promise<void> => {
    let found = 0;
    await Promise.all(
      forces.map(async (force) => {
        while (found < count) {
          const { answers, more } = await readPage(force);
          found += answers;
          if (!more) await pause(50);
        }
      }),
    );
  };

  return {
    name,
    async round(number) {
      const tokens = await Promise.all(staff.map((member) => member.token()));
      const order = {
        port: intake,
        path: '/v1/requests',
        headers: await Promise.all(forces.map(({ headers }) => headers())),
        body: SUBMISSION,
        prefix: `${staffed.charAt(0)}${String(number)}-`,
        connections: CONNECTIONS,
        requests,
      };
      await catchUp();
      const began = performance.now();
      const working = staffProgram.ask({ port: unit, tokens, connections, batch, answer: ANSWER, requests });
      const [submitted] = await Promise.all([load.ask<LoadResult>(order), working, readAnswers(requests)]);
      if (submitted.firstRefusal) throw new Error(`intake: ${submitted.firstRefusal}`);
      const seconds = (performance.now() - began) / 1000;
      if (number === 0) {
        await Promise.all(['intake', UNIT].map((service) => bench.settle(bench.urlOf(`concordat_${service.replaceAll('-', '_')}`))));
      }
      return { perSecond: requests / seconds, p50Ms: submitted.p50Ms, p99Ms: submitted.p99Ms };
    },
    end: () => staffProgram.end(),
  };
}
