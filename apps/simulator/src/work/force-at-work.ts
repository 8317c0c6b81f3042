import { Refused, type Request, type Submission } from '#client';
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

const NEWS = [
  'The contact has changed: please ask for the duty sergeant.',
  'It has become worse since.',
  'Access is by the rear gate this week.',
];
const REASONS = {
  withdraw: ['It is not needed any more.', 'It was sent twice.'],
  reopen: ['The same fault is back.', 'One part of it is still open.'],
};
const ORIGIN = 'simulator';
/** The beginning of every reference of the simulator. */
export const SIMULATED_REFERENCE = 'SIM-';
const REMEMBERED_MS = 30 * 60_000;

/** Submits one new request over REST or Kafka. */
export async function submitOne(
  { force, rest }: ForceSystem,
  kafka: ForceKafka | undefined,
  invented: InventedWork,
): Promise<void> {
  const { type, payload } = invented.request(new Date());
  const reference = `${SIMULATED_REFERENCE}${newId()}`;
  const submission = { type, reference, payload, origin: ORIGIN };
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

/**
 * Replies to units' questions over REST or Kafka. Intake keeps the state, so a restart forgets no question.
 */
export async function replyToQuestions(
  { force, rest }: ForceSystem,
  kafka: ForceKafka | undefined,
): Promise<void> {
  for await (const { id, reference, version } of rest.list({ state: 'waiting-for-force' })) {
    // A person would have to look the answer up, so not every question gets a reply at once.
    if (Math.random() < 0.4) continue;
    const message = pick(REPLIES, Math.random);
    const channel = kafka && Math.random() < 0.5 ? 'kafka' : 'rest';
    if (kafka && channel === 'kafka') await kafka.reply(id, message, version);
    else await rest.send(id, 'reply', { message, questionVersion: version });
    jsonLog('info', 'replied', { force, door: channel, request: id, reference });
  }
}

/** Changes the force's mind about one of its newest requests: it informs, withdraws or reopens. */
export async function changeMind({ force, rest }: ForceSystem, random = Math.random): Promise<void> {
  const own: Request[] = [];
  for await (const request of rest.list({
    updatedSince: new Date(Date.now() - REMEMBERED_MS).toISOString(),
  })) {
    if (request.origin === ORIGIN) own.push(request);
  }
  if (own.length === 0) return;
  const { id, reference, state, reopenUntil } = pick(own, random);
  const change =
    state === 'withdrawn'
      ? undefined
      : ['answered', 'declined'].includes(state)
        ? 'reopen'
        : random() < 0.3
          ? 'withdraw'
          : 'inform';
  if (change === undefined || (change === 'reopen' && reopenUntil === null)) return;
  try {
    if (change === 'inform') await rest.send(id, 'inform', { message: pick(NEWS, random) });
    else await rest.send(id, change, { reason: pick(REASONS[change], random) });
    jsonLog('info', 'changed-mind', { force, change, request: id, reference });
  } catch (error) {
    // The unit was faster, or has not settled an earlier change yet.
    if (!(error instanceof Refused && error.status === 409)) throw error;
    jsonLog('info', 'too-late', { force, change, request: id, reference });
  }
}
