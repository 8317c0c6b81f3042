import { Refused, type StaffClient, type Task, type TaskDetail } from '#client';
import { jsonLog } from '../json-log.ts';
import { SIMULATED_REFERENCE } from './force-at-work.ts';
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
/** The proposals that are left for people who sign in as a decision-maker. */
const LEFT_TO_DECIDE = 2;
/** A caseworker holds at most this many claimed tasks. */
const IN_HAND_MAX = 4;
/**
 * Below this queue length simulated requests are left for the people at the desk. A request that somebody
 * else sent is taken in any case, because they wait for its answer.
 */
const LEFT_IN_QUEUE = 6;
/** The simulator plays the staff clients with such an id, and nobody signs in as one of them. */
const SIMULATED_STAFF = '.simulated-';
export const isSimulated = (person: string): boolean => person.includes(SIMULATED_STAFF);

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
  if (tasks.length >= IN_HAND_MAX) return;
  const task = queued > LEFT_IN_QUEUE ? await person.next() : await claimForVisitor(person);
  if (task) jsonLog('info', 'claimed', { who: person.clientId, request: task.id, type: task.type });
}

/** Claims the first request that the simulator did not send. */
async function claimForVisitor(person: StaffClient): Promise<Task | undefined> {
  const { tasks } = await person.list({ assignee: 'none', state: 'queued', limit: 20 });
  const [first] = tasks.filter(({ forceReference }) => !forceReference.startsWith(SIMULATED_REFERENCE));
  return first && person.act(first, 'claim');
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

/**
 * Takes one turn of a decision-maker: confirms the proposals of simulated caseworkers, or by habit returns
 * them. The proposals of people at the desk wait for people, and so do the newest two.
 */
export async function decisionMakerTurn(
  person: StaffClient,
  habits: Habits,
  random = Math.random,
): Promise<void> {
  const { tasks } = await person.list({ state: 'awaiting-decision', limit: 20 });
  for (const listed of tasks.slice(0, -LEFT_TO_DECIDE)) {
    if (listed.assignee !== null && isSimulated(listed.assignee))
      await decide(person, listed, habits, random);
  }
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
