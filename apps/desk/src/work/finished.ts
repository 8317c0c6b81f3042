import { factsOf } from '../facts/facts.ts';
import { momentText } from '../layout/london-text.ts';
import type { UnitAnswer } from '../units/unit-api.ts';
import type { DueView } from './due-words.ts';
import type { MergedItem } from './merge-queues.ts';
import { workAddress, type WorkQuery, type Whose } from './work-query.ts';

export const FINISHED_TITLES: Readonly<Record<Whose, string>> = {
  me: 'Finished by me',
  none: 'Finished by nobody',
  all: 'Finished by everybody',
};
/** The longest answer in a row; the page of the request has all of it. */
const ANSWER_MAX = 200;

/** A finished request does not change, so its last change is the moment at which it was finished. */
export function finishedView({ updatedAt }: MergedItem): DueView {
  const words = momentText(updatedAt);
  return { kind: 'finished', shape: null, words, at: updatedAt, exact: words };
}

/** The answer in one line: its values without their titles. */
export function answerText(
  answer: Readonly<Record<string, unknown>>,
  unit: UnitAnswer | undefined,
  name: string,
): string {
  const type = unit?.types.find((one) => one.name === name && one.newest);
  return factsOf(answer, type?.answer)
    .flatMap(({ value }) => (value === '' ? [] : [value.replaceAll(/\s+/g, ' ')]))
    .join(' · ')
    .slice(0, ANSWER_MAX);
}

/** Leads from one's own finished work to that of everybody, and back. */
export function otherFinished(query: WorkQuery): { readonly text: string; readonly href: string } {
  const who = query.who === 'me' ? 'all' : 'me';
  return { text: FINISHED_TITLES[who], href: workAddress(query, { who }) };
}
