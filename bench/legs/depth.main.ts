/** Measures a unit's queue with many open requests: arrivals, claims, answers and pages. */
import { newId } from '#kernel';
import type { Delivery } from '#messaging';
import { arriveBatch, listQueue } from '#unit';
import { answerMessages } from '../measure/child-program.ts';
import { markOf, REPAIR } from '../measure/work.ts';
import { AT_ONCE, claimAndAnswer, runInLoops, openUnit, WORKER } from './bench-unit.ts';
import { BATCH, LEGS_FORCE, LEGS_UNIT } from './settings.ts';

export type DepthOrder = { readonly turnOver: number } | { readonly pages: number };

/** This unit keeps no records, because the requests that fill the queue have no vehicles. */
const unit = await openUnit(process.env['UNIT_URL'] as string, 'without-records');
const PAGE = 50;
let arrived = 0;

answerMessages(async (order: DepthOrder) =>
  'turnOver' in order ? turnOver(order.turnOver) : readPages(order.pages),
);

/**
 * Lets as many requests arrive as are claimed and answered, so that the depth of the queue does not change.
 */
async function turnOver(requests: number): Promise<{ seconds: number }> {
  const batches = Array.from({ length: Math.ceil(requests / BATCH) }, () =>
    Array.from({ length: BATCH }, () => createDelivery((arrived += 1))),
  );
  const began = performance.now();
  await runInLoops(batches, AT_ONCE, async (batch) => {
    await arriveBatch(unit, batch);
    await claimAndAnswer(unit);
  });
  return { seconds: (performance.now() - began) / 1000 };
}

/**
 * Reads the first page and the next four, repeatedly. Returns the milliseconds of each, in ascending order.
 */
async function readPages(pages: number): Promise<{ ms: number[] }> {
  const ms: number[] = [];
  let after: Parameters<typeof listQueue>[2]['after'];
  for (let number = 0; number < pages; number += 1) {
    const began = performance.now();
    const page = await listQueue(unit, WORKER, { limit: PAGE, ...(after && { after }) });
    ms.push(performance.now() - began);
    const last = page.groups.at(-1)?.items.at(-1);
    after = number % 5 === 4 || !last ? undefined : [last.dueAt, 9 - last.risk, '0'];
  }
  return { ms: ms.sort((left, right) => left - right) };
}

function createDelivery(number: number): Delivery {
  const id = newId();
  const now = new Date().toISOString();
  const value = {
    requestId: id,
    type: 'vehicle-repair',
    version: 1,
    forceReference: `depth-${id}`,
    payload: { ...REPAIR, vrm: markOf(number) },
    receivedAt: now,
    channel: 'rest',
    submittedBy: 'bench',
    agreementId: 'bench',
  };
  const envelope = {
    id: newId(),
    source: '/service/intake',
    type: 'concordat.request-submitted.v1',
    time: now,
    subject: id,
    value,
  };
  const message = {
    topic: `unit.${LEGS_UNIT}.requests.v1`,
    partition: 0,
    offset: String(number),
    timestamp: '0',
  };
  return {
    message: { ...message, key: id, headers: {}, value: Buffer.alloc(0), rawKey: null, rawHeaders: [] },
    envelope: { ...envelope, owningForce: LEGS_FORCE.slug },
  };
}
