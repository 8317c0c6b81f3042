import type { Request } from '#client';
import { decide, FINAL_STATES, INITIAL_STATE, type State } from '#requests';
import { factsOf, type Fact } from '../facts/facts.ts';
import { inWords } from '../facts/in-words.ts';
import { momentText } from '../layout/london-text.ts';
import type { IntakeType } from '../intake/intake-desk.ts';
import type { Schema } from '../units/unit-api.ts';

/** The states in the words of a force. */
export const FORCE_STATES: Readonly<Record<Request['state'], string>> = {
  accepted: 'On its way to the unit',
  queued: 'Waits for a caseworker',
  claimed: 'In work',
  held: 'On hold',
  'waiting-for-force': 'Waits for our reply',
  'awaiting-decision': 'Awaits a decision',
  answered: 'Answered',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
};

/** The messages that a force sends about its request, in the order of their buttons. */
export const FORCE_COMMANDS = ['reply', 'inform', 'correct', 'withdraw', 'reopen'] as const;
export type ForceCommand = (typeof FORCE_COMMANDS)[number];

export const COMMAND_TEXTS: Readonly<Record<ForceCommand, string>> = {
  reply: 'Reply',
  inform: 'Add information',
  correct: 'Correct',
  withdraw: 'Withdraw',
  reopen: 'Reopen',
};

export interface ForceRow {
  readonly href: string;
  readonly title: string;
  readonly subject: string;
  readonly reference: string;
  readonly unitReference: string;
  readonly unit: string;
  readonly state: string;
  readonly waitsForUs: boolean;
  readonly changed: string;
  readonly changedAt: string;
}

export function rowOf(request: Request, types: readonly IntakeType[]): ForceRow {
  return {
    href: placeOf(request),
    title: titleOf(request, types),
    subject: request.subject,
    reference: request.reference,
    unitReference: request.unitReference ?? 'not numbered yet',
    unit: inWords(request.unit),
    state: FORCE_STATES[request.state],
    waitsForUs: request.state === 'waiting-for-force',
    changed: momentText(request.updatedAt),
    changedAt: request.updatedAt,
  };
}

export const placeOf = ({ unit, id }: Pick<Request, 'unit' | 'id'>): string => `/force/${unit}/${id}`;

export function titleOf({ type }: Request, types: readonly IntakeType[]): string {
  return types.find(({ name }) => name === type)?.title ?? inWords(type);
}

/** The messages that the table of states lets a force send now. */
export function allowedOf({ state }: Pick<Request, 'state'>): ForceCommand[] {
  const atUnit: State = state === 'accepted' ? INITIAL_STATE : state;
  const task = { state: atUnit, assignee: null, proposer: null };
  return FORCE_COMMANDS.filter(
    (command) => decide(task, command, 'one-person', { role: 'force' }).ok && command !== 'reply',
  ).concat(state === 'waiting-for-force' ? ['reply'] : []);
}

export interface ForceRequestView {
  readonly id: string;
  readonly place: string;
  readonly title: string;
  readonly subject: string;
  readonly reference: string;
  readonly unitReference: string;
  readonly unit: string;
  readonly unitSlug: string;
  readonly state: string;
  readonly isOver: boolean;
  readonly received: string;
  readonly question: string | null;
  readonly reason: { readonly title: string; readonly text: string } | null;
  readonly answer: readonly Fact[] | null;
  readonly asked: readonly Fact[];
  readonly clocks: readonly { readonly name: string; readonly words: string }[];
  readonly changes: readonly {
    readonly title: string;
    readonly who: string;
    readonly when: string;
    readonly result: string;
    readonly text: string;
  }[];
  readonly commands: readonly { readonly command: ForceCommand; readonly text: string }[];
}

export function forceRequestView(
  request: Request,
  types: readonly IntakeType[],
  schemas: { readonly payload: Schema; readonly answer: Schema },
): ForceRequestView {
  const answer = request.answer as Readonly<Record<string, unknown>> | null;
  const allowed = allowedOf(request);
  return {
    id: request.id,
    place: placeOf(request),
    title: titleOf(request, types),
    subject: request.subject,
    reference: request.reference,
    unitReference: request.unitReference ?? '',
    unit: inWords(request.unit),
    unitSlug: request.unit,
    state: FORCE_STATES[request.state],
    isOver: FINAL_STATES.some((state) => state === request.state),
    received: momentText(request.receivedAt),
    question: request.question,
    reason: reasonOf(request),
    answer: answer && factsOf(answer, schemas.answer),
    asked: factsOf(request.payload, schemas.payload),
    clocks: request.clocks.map(({ name, dueAt, state }) => ({
      name: inWords(name),
      words: dueAt === undefined ? CLOCKS[state] : `${CLOCKS[state]}, due ${momentText(dueAt)}`,
    })),
    changes: request.changes.map(changeView).reverse(),
    commands: FORCE_COMMANDS.filter((command) => allowed.includes(command)).map((command) => ({
      command,
      text: COMMAND_TEXTS[command],
    })),
  };
}

const CLOCKS: Readonly<Record<Request['clocks'][number]['state'], string>> = {
  running: 'Running',
  paused: 'Stopped meanwhile',
  met: 'Met',
  breached: 'Late',
};

function reasonOf({ state, reason, belongsTo }: Request): ForceRequestView['reason'] {
  if (reason === null) return null;
  if (state === 'declined')
    return { title: 'Why it was declined', text: `${reason} It belongs to: ${belongsTo ?? 'nobody named'}.` };
  return { title: state === 'held' ? 'Why it is on hold' : 'Reason', text: reason };
}

const RESULTS: Readonly<Record<string, string>> = {
  requested: 'The unit has not decided yet',
  done: 'Accepted',
  refused: 'Refused',
};

function changeView(change: Request['changes'][number]): ForceRequestView['changes'][number] {
  const { kind = '', state = '', says, requestedBy = '', requestedAt = '', problem } = change;
  const detail = (problem as { readonly detail?: string } | null | undefined)?.detail;
  return {
    title: kind in COMMAND_TEXTS ? COMMAND_TEXTS[kind as ForceCommand] : inWords(kind),
    who: requestedBy,
    when: requestedAt === '' ? '' : momentText(requestedAt),
    result: `${RESULTS[state] ?? inWords(state)}${detail === undefined ? '' : `: ${detail}`}`,
    text: typeof says === 'string' ? says : '',
  };
}
