import { momentText } from '../layout/london-text.ts';
import { nameOf } from '../units/name-of.ts';
import type {
  Correction,
  Note,
  RequestAnswer,
  Schema,
  TimelineEntry,
  UnitAnswer,
  UnitType,
} from '../units/unit-api.ts';
import { inWords } from '../facts/in-words.ts';
import { factsOf } from '../facts/facts.ts';

/** An entry of the timeline as its template shows it. */
export interface TimelineItem {
  readonly at: string;
  readonly when: string;
  readonly title: string;
  readonly who: string | null;
  /** The text that somebody wrote. */
  readonly said: string | null;
  /** When and whether the force was notified. */
  readonly notified: string | null;
  /** True if only staff see it. */
  readonly inside: boolean;
}

/** The events of a request in the words of staff; a type that is missing here is shown by its name. */
const EVENT_WORDS: Readonly<Record<string, string>> = {
  'concordat.request-queued.v1': 'Arrived in the queue',
  'concordat.request-claimed.v1': 'Claimed',
  'concordat.request-reassigned.v1': 'Given to somebody else',
  'concordat.request-released.v1': 'Put back into the queue',
  'concordat.request-held.v1': 'Put on hold',
  'concordat.request-resumed.v1': 'Work goes on',
  'concordat.question-asked.v1': 'The force was asked',
  'concordat.question-withdrawn.v1': 'The question was withdrawn',
  'concordat.reply-received.v1': 'The force replied',
  'concordat.milestone-reached.v1': 'Milestone reached',
  'concordat.note-added.v1': 'Note added',
  'concordat.request-answered.v1': 'Answered',
  'concordat.decision-proposed.v1': 'Answer proposed, awaits a second person',
  'concordat.decision-returned.v1': 'Proposal returned',
  'concordat.request-declined.v1': 'Declined',
  'concordat.request-withdrawn.v1': 'Withdrawn by the force',
  'concordat.information-received.v1': 'The force sent information',
  'concordat.request-corrected.v1': 'Corrected by the force',
  'concordat.request-reopened.v1': 'Reopened by the force',
};

const BY_THE_FORCE: Readonly<Record<Note['kind'], string | null>> = {
  note: null,
  reply: 'Reply of the force',
  information: 'Information from the force',
};

/** Newest first: what happened, what the force was notified of, and what people wrote. */
export function timelineOf(
  request: RequestAnswer,
  type: UnitType | undefined,
  unit: Pick<UnitAnswer, 'people' | 'forces'>,
): TimelineItem[] {
  const notes = request.notes.map(noteItem);
  const corrections = request.corrections.map((correction) =>
    correctionItem(correction, type?.payload ?? {}),
  );
  // A note and a correction have an event as well; their own entry has the text.
  const events = request.timeline
    .filter(({ type }) => !WITH_OWN_ENTRY.includes(type))
    .map((event) => eventItem(event, type?.milestones ?? []));
  const force = unit.forces.find(({ slug }) => slug === request.force)?.name ?? request.force;
  const theirs = new Set([
    request.submittedBy,
    ...request.corrections.map(({ by }) => by),
    ...request.notes.flatMap(({ kind, author }) => (kind === 'note' ? [] : [author])),
  ]);
  const whoIs = (person: string): string =>
    theirs.has(person) ? `${force} (${person})` : nameOf(unit, person);
  const items = [...events, ...notes, ...corrections].map((item) => ({
    ...item,
    who: item.who === null ? null : whoIs(item.who),
  }));
  return items.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

const WITH_OWN_ENTRY: readonly string[] = [
  'concordat.note-added.v1',
  'concordat.reply-received.v1',
  'concordat.information-received.v1',
  'concordat.request-corrected.v1',
];

function eventItem(event: TimelineEntry, milestones: UnitType['milestones']): TimelineItem {
  const { type, at, person, question, reason, belongsTo, milestone, told, sentAt } = event;
  const reached = milestones.find(({ name }) => name === milestone)?.title ?? milestone?.replaceAll('-', ' ');
  const words = EVENT_WORDS[type] ?? type.split('.').slice(1, -1).join(' ').replaceAll('-', ' ');
  return {
    at,
    when: momentText(at),
    title: reached === undefined ? words : `${words}: ${reached}`,
    who: person,
    said: question ?? (belongsTo ? `${reason ?? ''}\nBelongs to: ${belongsTo}` : (reason ?? null)),
    notified: !told
      ? null
      : sentAt === null
        ? 'The force will be notified as soon as the message can be sent.'
        : `The force was notified on ${momentText(sentAt)}.`,
    inside: !told,
  };
}

function noteItem({ kind, author, text, at }: Note): TimelineItem {
  return {
    at,
    when: momentText(at),
    title: BY_THE_FORCE[kind] ?? 'Note',
    who: author,
    said: text,
    notified: null,
    inside: kind === 'note',
  };
}

function correctionItem({ at, by, reason, corrected }: Correction, payload: Schema): TimelineItem {
  const removed = Object.entries(corrected).flatMap(([name, value]) => (value === null ? [name] : []));
  const lines = [
    reason,
    ...factsOf(corrected, payload).map(({ name, value }) => `${name}: ${value}`),
    ...removed.map((name) => `${payload.properties?.[name]?.title ?? inWords(name)}: removed`),
  ];
  return {
    at,
    when: momentText(at),
    title: 'Corrected by the force',
    who: by,
    said: lines.join('\n'),
    notified: null,
    inside: false,
  };
}
