import { randomUUID } from 'node:crypto';
import { encodeEnvelope, type ProblemCode } from '#contracts';
import { eventually } from '#testing';
import type { ForceSide } from '../force-side.ts';
import type { Ground } from './ground.ts';

const KEPT_WITHIN_MS = 60_000;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const request = (payload: string): Buffer => Buffer.from(`{"type":"vehicle-repair","reference":"poison","payload":${payload}}`);

/** Each with the code that it is refused by. */
const POISON: readonly (readonly [code: ProblemCode, body: Buffer])[] = [
  ['too-large', request(`{"description":"${'x'.repeat(1_000_000)}"}`)],
  ['malformed-json', Buffer.from('{"type": "vehicle-')],
  ['invalid-request', Buffer.from('null')],
  ['unknown-type', Buffer.from('{"type":"dog-walking","reference":"poison","payload":{}}')],
  ['too-deep', request(`{"description":${deep(100_000)}}`)],
  ['invalid-request', request('{"__proto__":{"admin":true}}')],
  ['invalid-request', request('{"description":"\\u0000"}')],
  ['malformed-json', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
];

/** Every kind, from every force and by both doors; each must be kept with its reason and told of, while the load goes on around it. */
export async function poison({ system, sides, trial, over }: Ground): Promise<string> {
  const sent = await Promise.all(sides.map((side) => publishPoison(side)));
  for (const side of sides) for (const [code, body] of POISON) await postPoison(system.run().urls.intake, side, code, body);
  await trial.untilAcknowledged(20);
  over();
  for (const [place, side] of sides.entries()) {
    const codes = sent[place] as ReadonlyMap<string, string>;
    await untilKept(side, codes);
    const told = new Map(
      (await side.topic()).map(({ data: { messageId, problem } }) => [messageId, (problem as { code?: string } | undefined)?.code]),
    );
    for (const [id, code] of codes)
      if (told.get(id) !== code) throw new Error(`${side.force} was told of ${String(told.get(id))} instead of ${code}`);
  }
  return `${sent.reduce((sum, { size }) => sum + size, 0)} kept with their reasons and told of, as many refused by REST`;
}

/** Returns the code that is due to each message id. */
async function publishPoison(side: ForceSide): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const publish = async (code: string, value: Buffer | null, type = 'concordat.submit-request.v1'): Promise<void> => {
    const id = `poison-${randomUUID()}`;
    const { headers } = encodeEnvelope({ id, source: `/force/${side.force}`, type, time: new Date().toISOString(), value: {} });
    codes.set(id, code);
    // One key, so that all are on one partition, each behind the other.
    await side.publishRaw([{ key: 'poison', headers, value }]);
  };
  for (const [code, body] of POISON) await publish(code, body);
  await publish('malformed-json', null);
  await publish('invalid-request', Buffer.from('{}'), 'concordat.something-else.v9');
  return codes;
}

async function postPoison(intake: string, side: ForceSide, code: string, body: Buffer): Promise<void> {
  const headers = { ...(await side.authorisation()), 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const answer = await fetch(`${intake}/v1/requests`, { method: 'POST', headers, body: new Uint8Array(body) });
  const problem = (await answer.json()) as { code: string };
  if (problem.code !== code) throw new Error(`REST answered ${answer.status} ${problem.code} instead of ${code}`);
}

/** What was acknowledged comes again by both doors, and then something else comes under the same id and the same key. */
export async function repeats({ sides, trial, over }: Ground): Promise<string> {
  const sent = trial.journal.acknowledged();
  const conflicts = new Map(sides.map((side) => [side, new Map<string, ProblemCode>()]));
  for (const entry of sent) {
    const side = sides.find(({ force }) => force === entry.force) as ForceSide;
    const submission = trial.load.submissionOf(entry);
    for (let copy = 0; copy < 3; copy += 1) await side.submitByKafka(submission, entry.reference);
    const key = randomUUID();
    const again = await side.submit(submission, key);
    if (again.status !== 200) throw new Error(`a repeat of ${entry.reference} was answered by ${again.status}`);
    const other = { ...submission, reference: `${entry.reference}-other` };
    const refused = await side.submit(other, key);
    if (refused.status !== 422) throw new Error(`another body under the key of ${entry.reference} was answered by ${refused.status}`);
    await side.publish('concordat.submit-request.v1', other, entry.reference, entry.reference);
    conflicts.get(side)?.set(entry.reference, 'idempotency-key-reused');
  }
  over();
  for (const [side, wanted] of conflicts) await untilKept(side, wanted);
  return `${sent.length * 4} repeats changed nothing, ${sent.length * 2} conflicts refused and kept`;
}

async function untilKept(side: ForceSide, wanted: ReadonlyMap<string, string>): Promise<void> {
  await eventually(
    async () => {
      const kept = new Map((await side.refusals()).map(({ messageId, code }) => [messageId, code]));
      return [...wanted].every(([id, code]) => kept.get(id) === code);
    },
    { withinMs: KEPT_WITHIN_MS, everyMs: 500, says: `what ${side.force} was refused` },
  );
}
