import { randomUUID } from 'node:crypto';
import { encodeEnvelope } from '#contracts';
import { eventually } from '#testing';
import type { ForceSide } from '../outside/force-side.ts';
import type { Entry } from '../trial/journal.ts';
import type { FaultEnvironment } from './fault-environment.ts';

const KEPT_WITHIN_MS = 60_000;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const TOO_LARGE = Buffer.from(
  `{"type":"vehicle-repair","reference":"poison","payload":{"description":"${'x'.repeat(1_000_000)}"}}`,
);
const POISON: readonly (Buffer | null)[] = [
  null,
  ...[
    '{"type": "vehicle-',
    'null',
    '{"type":"dog-walking","reference":"poison","payload":{}}',
    `{"type":"vehicle-repair","reference":"poison","payload":{"description":${deep(100_000)}}}`,
    '{"type":"vehicle-repair","reference":"poison","payload":{"__proto__":{"admin":true}}}',
  ].map((text) => Buffer.from(text)),
  Buffer.from([0x22, 0xc3, 0x28, 0x22]),
];

/** The compressed batch is a tenth of the broker's limit, but too large once it is unpacked. */
const BOMB = { key: 'poison', value: Buffer.alloc(100 * 2 ** 20) };

/** Sends every kind of bad message from every force under load. Each one must be kept with a reason. */
export async function sendPoison({ sides, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const ids = new Map<ForceSide, string[]>();
  for (const side of sides) {
    const messages = [TOO_LARGE, ...POISON].map((value) => {
      const id = `poison-${randomUUID()}`;
      ids.set(side, [...(ids.get(side) ?? []), id]);
      const attributes = {
        id,
        source: `/force/${side.force}`,
        type: 'concordat.submit-request.v1',
        time: new Date().toISOString(),
      };
      return { ...encodeEnvelope({ ...attributes, value: {} }, 'poison'), value };
    });
    // The large message goes alone, because all of them together would exceed the broker's limit.
    await side.publishRaw(messages.slice(0, 1));
    await side.publishRaw(messages.slice(1));
    await side.publishPacked([BOMB]);
    await trial.untilAcknowledged(5);
  }
  markFaultEnd();
  for (const [side, wanted] of ids) await untilKept(side, wanted);
  for (const side of sides) {
    // Nobody could read the message id from the packed batch, so the refusal has none.
    const kept = async (): Promise<boolean> =>
      (await side.listRefusals()).some(({ code, messageId }) => code === 'too-large' && messageId === null);
    await eventually(kept, {
      withinMs: KEPT_WITHIN_MS,
      everyMs: 500,
      says: `the refusal of the packed batch of ${side.force}`,
    });
  }
  return `${sides.length * (POISON.length + 2)} bad messages kept with their reasons`;
}

/** Repeats every acknowledged submission over REST and Kafka, and once more with different content. */
export async function sendRepeats({ sides, trial, markFaultEnd }: FaultEnvironment): Promise<string> {
  const sent = trial.journal.acknowledged();
  const conflicts = new Map<ForceSide, string[]>();
  for (const entry of sent) {
    const side = sides.find(({ force }) => force === entry.force) as ForceSide;
    const submission = trial.load.submissionOf(entry);
    for (let copy = 0; copy < 3; copy += 1) await side.submitByKafka(submission, entry.reference);
    const again = await side.submit(submission, randomUUID());
    if (again.status !== 200)
      throw new Error(`the repeat of ${entry.reference} was answered with ${again.status}`);
    const other = randomUUID();
    await side.submitByKafka(
      { ...submission, payload: { ...submission.payload, ...otherContent(entry) } },
      other,
    );
    conflicts.set(side, [...(conflicts.get(side) ?? []), other]);
  }
  markFaultEnd();
  for (const [side, wanted] of conflicts) await untilKept(side, wanted);
  return `${sent.length * 4} repeats changed nothing, ${sent.length} conflicts kept`;
}

/**
 * This content is not valid for every type. It is refused in any case: for the content or for the reference.
 */
const otherContent = (entry: Entry): object => ({ description: `Other words than ${entry.reference}` });

async function untilKept(side: ForceSide, ids: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const kept = new Set((await side.listRefusals()).map(({ messageId }) => messageId));
      return ids.every((id) => kept.has(id));
    },
    { withinMs: KEPT_WITHIN_MS, everyMs: 500, says: `the refusals of ${side.force}` },
  );
}
