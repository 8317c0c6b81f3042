import { Refused, type Submission } from '#client';
import { newId } from '#kernel';
import type { ForceKafka } from '../attach/force-kafka.ts';
import type { ForceSystem } from '../attach/force-system.ts';
import { jsonLog } from '../json-log.ts';
import { pick, type InventedWork } from './invented-work.ts';

const REPLIES = [
  'Confirmed, as given.',
  'Yes, it is still needed; the earlier one was withdrawn.',
  'The duty inspector can give access from 08:00.',
  'Please use the control room’s number; they will pass it on.',
];

/** What a force's systems send of their own accord: one request, by either door. */
export async function submitOne({ force, rest }: ForceSystem, kafka: ForceKafka | undefined, invented: InventedWork): Promise<void> {
  const { type, payload } = invented.request(new Date());
  const reference = `SIM-${newId()}`;
  const submission = { type, reference, payload, origin: 'simulator' };
  if (kafka && Math.random() < 0.5) {
    await kafka.submit(submission);
    return jsonLog('info', 'submitted', { force, door: 'kafka', type, reference });
  }
  try {
    await rest.submit(submission as Submission, { key: reference });
    jsonLog('info', 'submitted', { force, door: 'rest', type, reference });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, code, detail, errors } = error.problem;
    jsonLog('warn', 'refused', { force, type, reference, status, code, detail, errors });
  }
}

/** Answers what units asked, by either door. The state is intake's, so a restart forgets no question. */
export async function replyToQuestions({ force, rest }: ForceSystem, kafka: ForceKafka | undefined): Promise<void> {
  for await (const { id, reference } of rest.list({ state: 'waiting-for-force' })) {
    // A person has to look it up first: not every question is answered at once.
    if (Math.random() < 0.4) continue;
    const message = pick(REPLIES, Math.random);
    const door = kafka && Math.random() < 0.5 ? 'kafka' : 'rest';
    if (kafka && door === 'kafka') await kafka.reply(id, message);
    else await rest.reply(id, message);
    jsonLog('info', 'replied', { force, door, request: id, reference });
  }
}
