import { newId } from '#kernel';
import type { ForceKafka } from '../attach/force-kafka.ts';
import type { ForceSystem } from '../attach/force-system.ts';
import { problemOf, type RetryLimits } from '../attach/retry.ts';
import { jsonLog } from '../json-log.ts';
import { pick, type InventedWork } from './invented-work.ts';

const REPLIES = [
  'Confirmed, as given.',
  'Yes, it is still needed; the earlier one was withdrawn.',
  'The duty inspector can give access from 08:00.',
  'Please use the control room’s number; they will pass it on.',
];

/** What a force's systems send of their own accord: one request, by either door. */
export async function submitOne(
  rest: ForceSystem,
  kafka: ForceKafka | undefined,
  invented: InventedWork,
  limits: RetryLimits,
): Promise<void> {
  const { type, payload } = invented.request(new Date());
  const reference = `SIM-${newId()}`;
  const submission = { type, reference, payload, origin: 'simulator' };
  if (kafka && Math.random() < 0.5) {
    await kafka.submit(submission);
    return jsonLog('info', 'submitted', { force: rest.force, door: 'kafka', type, reference });
  }
  const { answer } = await rest.submit(submission, reference, limits);
  if (answer.status < 300) return jsonLog('info', 'submitted', { force: rest.force, door: 'rest', type, reference });
  const { code, detail, ...problem } = problemOf(answer);
  jsonLog('warn', 'refused', { force: rest.force, type, reference, status: answer.status, code, detail, errors: problem['errors'] });
}

/** Answers what units asked, by either door. The state is intake's, so a restart forgets no question. */
export async function replyToQuestions(rest: ForceSystem, kafka: ForceKafka | undefined, limits: RetryLimits): Promise<void> {
  for await (const { id, reference } of rest.requests(limits, { state: 'waiting-for-force' })) {
    // A person has to look it up first: not every question is answered at once.
    if (Math.random() < 0.4) continue;
    const message = pick(REPLIES, Math.random);
    const door = kafka && Math.random() < 0.5 ? 'kafka' : 'rest';
    if (kafka && door === 'kafka') await kafka.reply(id, message);
    else await rest.reply(id, message, newId(), limits);
    jsonLog('info', 'replied', { force: rest.force, door, request: id, reference });
  }
}
