import { randomUUID } from 'node:crypto';
import { encodeEnvelope } from '#contracts';
import { eventually } from '#testing';
import type { ForceSide } from '../outside/force-side.ts';
import type { Entry } from '../trial/journal.ts';
import type { Ground } from './fault-environment.ts';

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

/** A tenth of what the broker takes at a time, and more than a batch may be once it is unpacked. */
const BOMB = { key: 'poison', value: Buffer.alloc(100 * 2 ** 20) };

/** Every kind, from every force; each must be kept with a reason, while the load goes on around it. */
export async function poison({ sides, trial, over }: Ground): Promise<string> {
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
    // Alone, for together they would be more than the broker takes at a time.
    await side.publishRaw(messages.slice(0, 1));
    await side.publishRaw(messages.slice(1));
    await side.publishPacked([BOMB]);
    await trial.untilAcknowledged(5);
  }
  over();
  for (const [side, wanted] of ids) await untilKept(side, wanted);
  for (const side of sides) {
    // Whose id it had nobody has read.
    const kept = async (): Promise<boolean> =>
      (await side.refusals()).some(({ code, messageId }) => code === 'too-large' && messageId === null);
    await eventually(kept, {
      withinMs: KEPT_WITHIN_MS,
      everyMs: 500,
      says: `the packed batch that ${side.force} was refused`,
    });
  }
  return `${sides.length * (POISON.length + 2)} kept with their reasons`;
}

/** What was acknowledged comes again by both doors, and once more under the same id with other content. */
export async function repeats({ sides, trial, over }: Ground): Promise<string> {
  const sent = trial.journal.acknowledged();
  const conflicts = new Map<ForceSide, string[]>();
  for (const entry of sent) {
    const side = sides.find(({ force }) => force === entry.force) as ForceSide;
    const submission = trial.load.submissionOf(entry);
    for (let copy = 0; copy < 3; copy += 1) await side.submitByKafka(submission, entry.reference);
    const again = await side.submit(submission, randomUUID());
    if (again.status !== 200)
      throw new Error(`a repeat of ${entry.reference} was answered by ${again.status}`);
    const other = randomUUID();
    await side.submitByKafka(
      { ...submission, payload: { ...submission.payload, ...otherContent(entry) } },
      other,
    );
    conflicts.set(side, [...(conflicts.get(side) ?? []), other]);
  }
  over();
  for (const [side, wanted] of conflicts) await untilKept(side, wanted);
  return `${sent.length * 4} repeats changed nothing, ${sent.length} conflicts kept`;
}

/** Not valid for every type: refused either way, for the content or for the reference. */
const otherContent = (entry: Entry): object => ({ description: `Other words than ${entry.reference}` });

async function untilKept(side: ForceSide, ids: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const kept = new Set((await side.refusals()).map(({ messageId }) => messageId));
      return ids.every((id) => kept.has(id));
    },
    { withinMs: KEPT_WITHIN_MS, everyMs: 500, says: `what ${side.force} was refused` },
  );
}
