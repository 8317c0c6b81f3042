import { counted, momentText } from '../layout/london-text.ts';
import { nameOf } from '../units/name-of.ts';
import type { Bulk, BulkItem, UnitAnswer } from '../units/unit-api.ts';
import { forceWords } from '../work/list.view.ts';

/** A command that may be given to a whole list, in the words of its buttons. */
interface BulkWords {
  readonly command: Bulk['command'];
  readonly text: string;
  readonly hint: string;
  /** The title of the page that asks for confirmation, for so many requests. */
  readonly confirm: (requests: string) => string;
}

export const BULK_WORDS: readonly BulkWords[] = [
  {
    command: 'assign',
    text: 'Assign',
    hint: 'Give them to one person of the unit.',
    confirm: (n) => `Assign ${n}?`,
  },
  { command: 'claim', text: 'Claim', hint: 'Take them yourself.', confirm: (n) => `Claim ${n}?` },
  {
    command: 'release',
    text: 'Put back',
    hint: 'They wait in the queue for anybody.',
    confirm: (n) => `Put ${n} back?`,
  },
  {
    command: 'hold',
    text: 'Put on hold',
    hint: 'The forces see the reason; the clocks that may pause stop.',
    confirm: (n) => `Put ${n} on hold?`,
  },
  {
    command: 'resume',
    text: 'Go on',
    hint: 'Ends the hold; the clocks run again.',
    confirm: (n) => `Go on with ${n}?`,
  },
  {
    command: 'ask',
    text: 'Ask the forces',
    hint: 'Each force gets the same question for each of its requests.',
    confirm: (n) => `Ask about ${n}?`,
  },
  {
    command: 'note',
    text: 'Add a note',
    hint: 'Only the staff of the unit see it.',
    confirm: (n) => `Add the note to ${n}?`,
  },
  {
    command: 'decline',
    text: 'Decline',
    hint: 'Each force sees the reason and where its requests belong. This cannot be undone.',
    confirm: (n) => `Decline ${n}?`,
  },
];

export const wordsOf = (command: string): BulkWords | undefined =>
  BULK_WORDS.find((words) => words.command === command);

/** One unit's part of a bulk change. */
export interface BulkPart {
  readonly unit: UnitAnswer;
  readonly bulk: Bulk;
}

export interface BulkView {
  readonly title: string;
  readonly command: string;
  /** The words of the button that starts it. */
  readonly button: string;
  readonly state: 'prepared' | 'running' | 'stopped' | 'finished';
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly pending: number;
  readonly sentence: string;
  readonly units: readonly { readonly title: string; readonly text: string }[];
}

export function bulkView(parts: readonly BulkPart[]): BulkView {
  const sum = (of: (bulk: Bulk) => number): number => parts.reduce((all, { bulk }) => all + of(bulk), 0);
  const [total, done, refused] = [
    sum((bulk) => bulk.total),
    sum((bulk) => bulk.done),
    sum((bulk) => bulk.refused),
  ];
  const has = (state: Bulk['state']): boolean => parts.some(({ bulk }) => bulk.state === state);
  const state = has('running')
    ? 'running'
    : has('prepared')
      ? 'prepared'
      : has('stopped')
        ? 'stopped'
        : 'finished';
  const words = wordsOf(parts[0]?.bulk.command ?? '');
  const requests = counted(total, 'request');
  return {
    title: state === 'prepared' ? (words?.confirm(requests) ?? '') : `${words?.text ?? ''}: ${requests}`,
    command: words?.command ?? '',
    button: words?.confirm(requests).replace('?', '') ?? '',
    state,
    total,
    done,
    refused,
    pending: total - done - refused,
    sentence: sentenceOf(state, done, refused, total - done - refused),
    units: parts.map(({ unit, bulk }) => ({ title: unit.title, text: counted(bulk.total, 'request') })),
  };
}

function sentenceOf(state: BulkView['state'], done: number, refused: number, pending: number): string {
  const so = `${done.toLocaleString('en-GB')} done, ${refused.toLocaleString('en-GB')} not done`;
  switch (state) {
    case 'prepared':
      return 'Nothing has changed yet.';
    case 'running':
      return `${so}, ${pending.toLocaleString('en-GB')} to go. You may leave this page: the work goes on.`;
    case 'stopped':
      return `Stopped: ${so}, ${pending.toLocaleString('en-GB')} not touched.`;
    case 'finished':
      return `Finished: ${so}.`;
  }
}

export interface ResultRow {
  readonly href: string;
  readonly reference: string;
  readonly theirs: string;
  readonly force: string;
  readonly outcome: string;
  readonly reason: string;
}

const OUTCOMES: Readonly<Record<BulkItem['outcome'], string>> = {
  pending: 'Waiting',
  done: 'Done',
  refused: 'Not done',
};

export function resultRows(unit: UnitAnswer, items: readonly BulkItem[]): ResultRow[] {
  return items.map(({ reference, force, forceReference, outcome, reason }) => ({
    href: `/requests/${unit.slug}/${reference}`,
    reference,
    theirs: forceReference,
    force: forceWords(unit, force).force,
    outcome: OUTCOMES[outcome],
    reason: reason ?? '',
  }));
}

export interface BulkLink {
  readonly href: string;
  readonly text: string;
  readonly when: string;
  readonly sentence: string;
}

export function bulkLink(unit: UnitAnswer, bulk: Bulk): BulkLink {
  const { total, done, refused, state } = bulk;
  return {
    href: `/bulk/results?b=${unit.slug}:${bulk.id}`,
    text: `${unit.title}: ${wordsOf(bulk.command)?.text ?? bulk.command}, ${counted(total, 'request')}`,
    when: momentText(bulk.preparedAt),
    sentence: sentenceOf(state, done, refused, total - done - refused),
  };
}

/** The people to whom the requests of a unit may be given, each once. */
export function assigneesOf(
  unit: UnitAnswer,
  people: readonly { readonly person: string; readonly name: string; readonly role: string }[],
): { readonly person: string; readonly name: string; readonly role: string }[] {
  const known = new Map(people.map((one) => [one.person, { ...one, name: nameOf(unit, one.person) }]));
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
}
