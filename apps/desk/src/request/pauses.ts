import { momentText } from '../layout/london-text.ts';
import type { RequestAnswer } from '../units/unit-api.ts';

type Entry = Pick<RequestAnswer['timeline'][number], 'at' | 'state' | 'reason' | 'question'>;

/** A time in which the clocks that may pause stood still. */
export interface Pause {
  readonly why: string;
  /** The words for its beginning and its end; a pause that goes on has no end. */
  readonly when: string;
}

const WHY: Readonly<Partial<Record<Entry['state'], string>>> = {
  held: 'On hold',
  'waiting-for-force': 'Waiting for the force',
};

/** The pauses of a request, newest first, from its timeline, which is newest first as well. */
export function pausesOf(timeline: readonly Entry[]): Pause[] {
  const pauses: { state: Entry['state']; why: string; from: string; until: string | null }[] = [];
  for (const { at, state, reason, question } of timeline.toReversed()) {
    const open = pauses.at(-1)?.until === null ? pauses.at(-1) : undefined;
    const why = WHY[state];
    // A note during a pause is an event of the same state, and one pause may follow another at once.
    if (open?.state === state) continue;
    if (open) open.until = at;
    if (why === undefined) continue;
    const said = reason ?? question;
    pauses.push({ state, why: said === undefined ? why : `${why}: ${said}`, from: at, until: null });
  }
  return pauses.toReversed().map(({ why, from, until }) => ({
    why,
    when: until === null ? `since ${momentText(from)}` : `from ${momentText(from)} to ${momentText(until)}`,
  }));
}
