import { Refused, type StaffClient, type Task } from '#client';
import { jsonLog } from '../json-log.ts';
import { pick, type InventedWork } from './invented-work.ts';

/** How often, of a hundred tasks in hand, a caseworker does something else than answer. */
export interface Habits {
  readonly hold: number;
  readonly ask: number;
  readonly decline: number;
  /** Of a hundred proposals, how many a decision-maker sends back. */
  readonly return: number;
}

export const DAILY_HABITS: Habits = { hold: 8, ask: 12, decline: 3, return: 6 };

const QUESTIONS = [
  'Please confirm the location: the one given is not on our list.',
  'Who can give access to the site, and when?',
  'Is this still needed? It looks like an earlier request.',
  'Please give a telephone number for the person dealing with this.',
];
const HOLD_REASONS = ['Waiting for a part', 'Waiting for a third party', 'Waiting for the person concerned'];

/** Share of proposals that are not the likeliest answer. */
const OTHER_PROPOSAL = 0.2;
/** Keeps this many taken at most: nobody collects work. */
const IN_HAND_MAX = 4;
/** A queue with a few requests in it is what a person would see; below this a caseworker is in no hurry. */
const RELAXED_BELOW_QUEUED = 5;

/** One turn of a caseworker: something that is in hand moves, or the next request is taken. All state is in the unit. */
export async function caseworkerTurn(
  person: StaffClient,
  invented: InventedWork,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const { tasks, queued } = await person.list({ assignee: 'me', limit: '20' });
  const movable = tasks.filter(({ state }) => state === 'claimed' || (state === 'held' && random() < 0.3));
  if (movable.length > 0 && (tasks.length >= IN_HAND_MAX || random() < 0.7)) {
    await moveOn(person, pick(movable, random), invented, habits, random);
    return;
  }
  if (tasks.length >= IN_HAND_MAX || (queued < RELAXED_BELOW_QUEUED && random() < 0.7)) return;
  const task = await person.next();
  if (task) jsonLog('info', 'claimed', { who: person.clientId, request: task.id, type: task.type });
}

/** Resumes what is held; answers, or proposes, or by habit holds, asks or declines what is claimed. */
export async function moveOn(
  person: StaffClient,
  listed: Pick<Task, 'id'>,
  invented: InventedWork,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const task = await person.read(listed.id);
  const did = (what: string): void =>
    jsonLog('info', what, { who: person.clientId, request: task.id, type: task.type });
  if (task.state === 'held') {
    await person.act(task, 'resume');
    return did('resumed');
  }
  if (task.state !== 'claimed') return;
  const throwOfDice = random() * 100;
  if (throwOfDice < habits.hold) {
    await person.act(task, 'hold', { reason: pick(HOLD_REASONS, random) });
    return did('held');
  }
  if (throwOfDice < habits.hold + habits.ask) {
    await person.act(task, 'ask', { question: pick(QUESTIONS, random) });
    return did('asked');
  }
  if (throwOfDice < habits.hold + habits.ask + habits.decline) {
    await decline(person, task);
    return did('declined');
  }
  did(await answer(person, task, invented, random));
}

/** Tries the answers that could fit, then declines: a request never stays because an invented answer did not fit its records. */
async function answer(
  person: StaffClient,
  task: Task,
  invented: InventedWork,
  random: () => number,
): Promise<string> {
  const byTwo = invented.isDecidedByTwo(task.type);
  const command = byTwo ? 'propose' : 'answer';
  const candidates = invented.answersTo(task.type, task.payload ?? {}, new Date());
  // A proposal is judged later: now and then another than the likeliest, so that one sent back is not proposed for ever.
  if (byTwo && random() < OTHER_PROPOSAL)
    candidates.push(...candidates.splice(0, Math.floor(random() * candidates.length)));
  for (const candidate of candidates) {
    try {
      await person.act(task, command, { answer: candidate });
      return command === 'answer' ? 'answered' : 'proposed';
    } catch (error) {
      if (
        !(error instanceof Refused) ||
        ![400, 409, 422].includes(error.status) ||
        error.code === 'not-in-this-state'
      )
        throw error;
      jsonLog('warn', 'answer-refused', {
        who: person.clientId,
        request: task.id,
        type: task.type,
        fault: error.message,
      });
    }
  }
  await decline(person, task);
  return 'declined';
}

async function decline(person: StaffClient, task: Task): Promise<void> {
  await person.act(task, 'decline', {
    reason: 'This is not a matter for this unit (simulated).',
    belongsTo: 'The requesting force’s local team',
  });
}

/** One turn of a decision-maker: the oldest proposal is confirmed, or by habit sent back. */
export async function decisionMakerTurn(
  person: StaffClient,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const { tasks } = await person.list({ state: 'awaiting-decision', limit: '5' });
  for (const listed of tasks) await decide(person, listed, habits, random);
}

export async function decide(
  person: StaffClient,
  listed: Pick<Task, 'id'>,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const task = await person.read(listed.id);
  if (task.state !== 'awaiting-decision') return;
  const did = (what: string): void =>
    jsonLog('info', what, { who: person.clientId, request: task.id, type: task.type });
  if (random() * 100 < habits.return) {
    await person.act(task, 'return', { reason: 'Please give the reasons in full (simulated).' });
    return did('returned');
  }
  try {
    await person.act(task, 'confirm');
    did('confirmed');
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 422) throw error;
    // The proposal does not fit the unit's records: its caseworker must propose another.
    await person.act(task, 'return', { reason: error.message.slice(0, 500) });
    did('returned');
  }
}
