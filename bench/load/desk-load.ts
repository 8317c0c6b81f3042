/** People at the desk in a separate process: each reads a page, thinks, and reads the next. */
import { setTimeout as pause } from 'node:timers/promises';
import { PlainVisit } from '../../deploy/local/plain-visit.ts';
import { answerMessages } from '../measure/child-program.ts';
import { filledReference } from '../measure/fill-queue.ts';

/** The pages that staff read most, in the order in which a person reads them. */
export const PAGES = ['queue', 'request', 'search'] as const;
export type DeskPage = (typeof PAGES)[number];

export interface DeskOrder {
  readonly desk: string;
  /** One session for each; a person may have several. */
  readonly people: readonly string[];
  readonly unit: string;
  /** The filled requests have the numbers from 1 to this one. */
  readonly open: number;
  readonly ms: number;
  /** The pause between two pages of a person. */
  readonly thinkMs: number;
}

export interface DeskResult {
  /** The milliseconds of each page, in ascending order. */
  readonly ms: Readonly<Record<DeskPage, readonly number[]>>;
  /** Bytes of the pages as they were read. */
  readonly bytes: Readonly<Record<DeskPage, number>>;
}

const visits: PlainVisit[] = [];

async function read(order: DeskOrder): Promise<DeskResult> {
  // Signing in is not measured, and the sessions last for all orders.
  for (const person of order.people.slice(visits.length)) {
    const visit = new PlainVisit(order.desk);
    await visit.signIn(person);
    visits.push(visit);
  }
  const ms: Record<DeskPage, number[]> = { queue: [], request: [], search: [] };
  const bytes: Record<DeskPage, number> = { queue: 0, request: 0, search: 0 };
  const until = performance.now() + order.ms;
  await Promise.all(
    visits.map(async (visit, place) => {
      await pause((order.thinkMs * place) / visits.length);
      for (let turn = place; performance.now() < until; turn += 1) {
        const page = PAGES[turn % PAGES.length] as DeskPage;
        const began = performance.now();
        const { status, text } = await visit.get(addressOf(page, order));
        ms[page].push(performance.now() - began);
        bytes[page] = Buffer.byteLength(text);
        if (status !== 200) throw new Error(`${page}: ${String(status)} ${text.slice(0, 200)}`);
        await pause(order.thinkMs);
      }
    }),
  );
  for (const page of PAGES) ms[page].sort((left, right) => left - right);
  return { ms, bytes };
}

function addressOf(page: DeskPage, { unit, open }: DeskOrder): string {
  const reference = filledReference(1 + Math.floor(Math.random() * open));
  switch (page) {
    case 'queue':
      return '/work?who=all';
    case 'request':
      return `/requests/${unit}/${reference}?who=all`;
    case 'search':
      // The mark is in every request, and the beginning of a reference in many, so that the page is a list.
      return `/search?q=EX26AAA+${reference.slice(0, -1)}`;
  }
}

if (import.meta.main) answerMessages(read);
