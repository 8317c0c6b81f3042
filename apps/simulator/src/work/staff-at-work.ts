import { Refused, type StaffClient, type Task, type TaskDetail } from '#client';
import { jsonLog } from '../json-log.ts';
import { pick, type InventedWork } from './invented-work.ts';

/** Out of a hundred claimed tasks, the number for which a caseworker does something other than answer. */
export interface Habits {
  readonly hold: number;
  readonly ask: number;
  readonly decline: number;
  /** Out of a hundred proposals, the number that a decision-maker returns. */
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

/** The share of proposals that are not the likeliest answer. */
const OTHER_PROPOSAL = 0.2;
/** A caseworker holds at most this many claimed tasks. */
const IN_HAND_MAX = 4;
/** Below this queue length a caseworker waits, so that a visitor sees a queue with a few requests in it. */
const RELAXED_BELOW_QUEUED = 4;
/** The share of turns in which a caseworker waits then. */
const RELAXED = 0.95;

/**
 * Takes one turn of a caseworker: a claimed request moves, or the next one is claimed. The unit keeps all
 * state.
 */
export async function caseworkerTurn(
  person: StaffClient,
  invented: InventedWork,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const { tasks, queued } = await person.list({ assignee: 'me', limit: 20 });
  const movable = tasks.filter(({ state }) => state === 'claimed' || (state === 'held' && random() < 0.3));
  if (movable.length > 0 && (tasks.length >= IN_HAND_MAX || random() < 0.7)) {
    await moveOn(person, pick(movable, random), invented, habits, random);
    return;
  }
  if (tasks.length >= IN_HAND_MAX || (queued < RELAXED_BELOW_QUEUED && random() < RELAXED)) return;
  const task = await person.next();
  if (task) jsonLog('info', 'claimed', { who: person.clientId, request: task.id, type: task.type });
}

/** Resumes a held request. Answers or proposes for a claimed one, or by habit holds, asks or declines. */
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

/**
 * Tries possible answers, then declines, so that no request stays because an invented answer contradicts the
 * records.
 */
async function answer(
  person: StaffClient,
  task: TaskDetail,
  invented: InventedWork,
  random: () => number,
): Promise<string> {
  const byTwo = invented.isDecidedByTwo(task.type);
  const command = byTwo ? 'propose' : 'answer';
  const candidates = invented.answersTo(task.type, task.payload, new Date());
  // Sometimes another answer than the likeliest is proposed, so that a returned proposal is not repeated for
  // ever.
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

/** Takes one turn of a decision-maker: confirms the oldest proposal, or by habit returns it. */
export async function decisionMakerTurn(
  person: StaffClient,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const { tasks } = await person.list({ state: 'awaiting-decision', limit: 5 });
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
    // The proposal contradicts the unit's records, so its caseworker must propose another.
    await person.act(task, 'return', { reason: error.message.slice(0, 500) });
    did('returned');
  }
}
