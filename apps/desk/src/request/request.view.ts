import { FINAL_STATES, type ClockReadout } from '#requests';
import { counted, momentText } from '../layout/london-text.ts';
import { pausesOf, type Pause } from './pauses.ts';
import { nameOf } from '../units/name-of.ts';
import type { Readers, RequestAnswer, Schema, UnitAnswer, UnitType } from '../units/unit-api.ts';
import { dueView, exactWords, leftWords, type DueView } from '../work/due-words.ts';
import { STATE_WORDS } from '../work/state-words.ts';
import { actionsOf, refusalsOf, type Action } from './actions.ts';
import { factsOf, wordsOf, type Fact } from '../facts/facts.ts';
import { linksView, type LinksView } from './links.view.ts';
import { timelineOf, type TimelineItem } from './timeline.ts';

interface ClockView {
  readonly name: string;
  readonly words: string;
  readonly detail: string;
}

/** One request as its template shows it. */
export interface RequestView {
  readonly id: string;
  readonly key: string;
  readonly unit: string;
  readonly unitTitle: string;
  readonly reference: string;
  readonly title: string;
  readonly subject: string;
  readonly version: number;
  readonly force: string;
  readonly forceSlug: string;
  readonly forceReference: string;
  readonly forceContact: string | null;
  readonly state: string;
  readonly who: string;
  readonly due: DueView;
  readonly received: string;
  readonly channel: string;
  readonly actions: readonly Action[];
  readonly refusals: readonly string[];
  readonly question: string | null;
  readonly reason: { readonly title: string; readonly text: string } | null;
  readonly summary: readonly Fact[];
  readonly submitted: readonly Fact[] | null;
  readonly clocks: readonly ClockView[];
  readonly pauses: readonly Pause[];
  readonly proposal: {
    readonly proposer: string;
    readonly when: string;
    readonly facts: readonly Fact[];
    readonly changes: readonly TimelineItem[];
  } | null;
  readonly answer: readonly Fact[] | null;
  readonly record: readonly Fact[] | null;
  readonly links: LinksView;
  readonly related: readonly {
    readonly href: string;
    readonly reference: string;
    readonly title: string;
    readonly subject: string;
    readonly state: string;
    readonly when: string;
    readonly summary: string;
  }[];
  readonly timeline: readonly TimelineItem[];
  readonly readers: {
    readonly text: string;
    readonly items: readonly { readonly who: string; readonly when: string }[];
  };
}

const CHANNELS: Readonly<Record<string, string>> = {
  rest: 'REST',
  kafka: 'Kafka',
  bulk: 'a file of many requests',
};

export interface RequestParts {
  readonly request: RequestAnswer;
  readonly unit: UnitAnswer;
  /** Undefined if the unit is slow: the page then says so. */
  readonly readers: Readers | undefined;
}

export const typeOf = (unit: UnitAnswer, request: RequestAnswer): UnitType | undefined =>
  unit.types.find(({ name, version }) => name === request.type && version === request.typeVersion);

export function requestView({ request, unit, readers }: RequestParts): RequestView {
  const type = typeOf(unit, request);
  const payload: Schema = type?.payload ?? {};
  const answer: Schema = type?.answer ?? {};
  const force = unit.forces.find(({ slug }) => slug === request.force)?.name ?? request.force;
  const { proposal } = request;
  return {
    id: request.id,
    key: `${unit.slug}/${request.unitReference}`,
    unit: unit.slug,
    unitTitle: unit.title,
    reference: request.unitReference,
    title: request.title,
    subject: request.subject,
    version: request.version,
    force,
    forceSlug: request.force,
    forceReference: request.forceReference,
    forceContact: request.forceContact,
    state: STATE_WORDS[request.state],
    who: whoHasIt(request, unit),
    due: dueView(request),
    received: momentText(request.receivedAt),
    channel: CHANNELS[request.channel] ?? request.channel,
    actions: actionsOf(request, type, force),
    refusals: refusalsOf(request),
    question: request.question,
    reason: reasonOf(request, unit),
    summary: factsOf(request.payload, payload),
    submitted: request.submittedPayload && factsOf(request.submittedPayload, payload),
    pauses: pausesOf(request.timeline),
    clocks: request.clocks.map((clock) => clockView(clock, type)),
    proposal: proposal && {
      proposer: nameOf(unit, proposal.proposer),
      when: momentText(proposal.at),
      facts: factsOf(proposal.answer, answer),
      changes: changesOf(request, type, unit),
    },
    answer: request.answer && factsOf(request.answer, answer),
    record: request.record && factsOf(request.record, {}, wordsOf(unit, type)),
    links: linksView(request, unit),
    related: request.related.map(({ reference, title, subject, state, at, summary }) => ({
      ...{ href: `/requests/${unit.slug}/${reference}`, reference, title, subject, summary },
      ...{ state: STATE_WORDS[state], when: momentText(at) },
    })),
    timeline: timelineOf(request, type, unit),
    readers: readersView(readers),
  };
}

function whoHasIt({ assignee, state }: RequestAnswer, unit: UnitAnswer): string {
  const finished = FINAL_STATES.includes(state);
  if (assignee === null) return finished ? '' : 'Nobody has it yet';
  const isMine = assignee === unit.me.person;
  if (finished) return isMine ? 'You had it' : `${nameOf(unit, assignee)} had it`;
  return isMine ? 'You have it' : `${nameOf(unit, assignee)} has it`;
}

/** The proposal came back and nothing has been proposed since. */
function returnedBecause({ state, timeline }: RequestAnswer, unit: UnitAnswer): RequestView['reason'] {
  const last = timeline.find(({ type }) => /\.decision-(?:proposed|returned)\./.test(type));
  if (state !== 'claimed' || last?.reason === undefined || !last.type.includes('returned')) return null;
  const by = last.person === null ? '' : ` by ${nameOf(unit, last.person)}`;
  return { title: `The proposed answer was returned${by}`, text: last.reason };
}

function reasonOf(request: RequestAnswer, unit: UnitAnswer): RequestView['reason'] {
  const returned = returnedBecause(request, unit);
  if (returned) return returned;
  const { state, reason, belongsTo } = request;
  if (reason === null) return null;
  if (state === 'held') return { title: 'On hold because', text: reason };
  if (state === 'withdrawn') return { title: 'Withdrawn because', text: reason };
  return {
    title: 'Declined because',
    text: belongsTo === null ? reason : `${reason}\nBelongs to: ${belongsTo}`,
  };
}

function clockView(clock: ClockReadout, type: UnitType | undefined): ClockView {
  const title =
    type?.clocks.find(({ name }) => name === clock.name)?.title ?? clock.name.replaceAll('-', ' ');
  const due = clock.dueAt === null ? '' : `Due ${exactWords(clock)}`;
  const unproven = clock.unproven ? ' The bank holidays of that year are not known yet.' : '';
  switch (clock.state) {
    case 'paused':
      return {
        name: title,
        words: 'Paused',
        detail: clock.left === null ? '' : `${leftWords(clock).replace(/^in /, '')} left when it goes on.`,
      };
    case 'met':
      return {
        name: title,
        words: 'Met',
        detail: clock.metAt === null ? '' : `On ${momentText(clock.metAt)}.`,
      };
    case 'breached':
      return clock.metAt === null
        ? { name: title, words: leftWords(clock), detail: `${due}.${unproven}` }
        : { name: title, words: 'Met late', detail: `${due}, met on ${momentText(clock.metAt)}.` };
    case 'running':
      return { name: title, words: leftWords(clock), detail: `${due}.${unproven}` };
  }
}

function changesOf(request: RequestAnswer, type: UnitType | undefined, unit: UnitAnswer): TimelineItem[] {
  const since = request.changedSinceProposal;
  if (!since) return [];
  const { corrections, notes, events } = since;
  return timelineOf({ ...request, corrections, notes, timeline: events }, type, unit);
}

function readersView(readers: Readers | undefined): RequestView['readers'] {
  if (readers === undefined)
    return { text: 'The list could not be read just now. Reload the page.', items: [] };
  if (!readers.logged)
    return { text: 'Reading is logged for law-enforcement records only; this is not one.', items: [] };
  const total = counted(readers.items.length, 'reading');
  return { text: `${total} in the access log of the owning force.`, items: readersByPerson(readers) };
}

/** One line for each person, with the newest reading; the log itself is newest first. */
function readersByPerson({ items }: Readers): RequestView['readers']['items'] {
  const people = new Map<string, { readonly who: string; readonly newest: string; readonly count: number }>();
  for (const { person, name, at } of items) {
    const known = people.get(person);
    people.set(person, {
      who: name ?? person,
      newest: known?.newest ?? at,
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...people.values()].map(({ who, newest, count }) => ({
    who,
    when: count === 1 ? momentText(newest) : `${count} times, last on ${momentText(newest)}`,
  }));
}
