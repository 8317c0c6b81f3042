import { FORCE_MESSAGE_KINDS, FORCE_MESSAGES } from './force-messages.ts';
import type { MessageType } from './messages.ts';

import { DAY_MS } from '#kernel';

/** The forces and units that take part in the Kafka cluster. Each force and each service is one principal. */
export interface Topology {
  readonly forces: readonly string[];
  /** Test forces. They have the topics of a force, but no unit receives their requests or may write to their topics. */
  readonly sandboxes?: readonly string[];
  readonly units: readonly string[];
}

export type TopicFamily = 'force-requests' | 'force-events' | 'unit-requests' | 'agreements';

/** One kind of topic, declared once: creation, access lists and the reference page are made from it. */
export interface TopicDeclaration {
  readonly family: TopicFamily;
  readonly pattern: string;
  readonly purpose: string;
  readonly key: string;
  readonly partitions: number;
  readonly cleanup: 'delete' | 'compact';
  /** null for a compacted topic. */
  readonly retentionMs: number | null;
  /** Principals that may write, with `{force}` and `{unit}` standing for the topic's own. */
  readonly publishers: readonly string[];
  readonly consumers: readonly string[];
  /** What happens to a message that cannot be taken. */
  readonly deadLetter: string;
  readonly messages: readonly MessageType[];
}

export const TOPIC_FAMILIES: readonly TopicDeclaration[] = [
  {
    family: 'force-requests',
    pattern: 'force.{force}.requests.v1',
    purpose: 'What a force submits: requests, replies to questions, and changes of mind.',
    key: "the force's own reference (any key is taken)",
    partitions: 6,
    cleanup: 'delete',
    retentionMs: 14 * DAY_MS,
    publishers: ['force-{force}'],
    consumers: ['intake'],
    deadLetter:
      'refused on force.{force}.events.v1 with problem details, and kept with its bytes in the refusals of intake',
    messages: [
      'concordat.submit-request.v1',
      ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].received.type),
    ],
  },
  {
    family: 'unit-requests',
    pattern: 'unit.{unit}.requests.v1',
    purpose:
      'What intake accepted for a unit, and what forces say of it afterwards: replies and changes of mind.',
    key: 'request id',
    partitions: 6,
    cleanup: 'delete',
    retentionMs: 14 * DAY_MS,
    publishers: ['intake'],
    consumers: ['{unit}'],
    deadLetter: "kept with its bytes and reason in the unit's dead letters",
    messages: [
      'concordat.request-submitted.v1',
      ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].forwarded.type),
    ],
  },
  {
    family: 'force-events',
    pattern: 'force.{force}.events.v1',
    purpose: "What happens to a force's requests: the answers, and what led to them.",
    key: 'request id',
    partitions: 6,
    cleanup: 'delete',
    retentionMs: 30 * DAY_MS,
    publishers: ['intake', '{every unit}'],
    consumers: ['intake', 'force-{force}'],
    deadLetter: "kept with its bytes and reason in intake's dead letters",
    messages: [
      'concordat.request-queued.v1',
      'concordat.request-not-taken.v1',
      'concordat.request-claimed.v1',
      'concordat.request-released.v1',
      'concordat.request-held.v1',
      'concordat.request-resumed.v1',
      'concordat.question-asked.v1',
      'concordat.question-withdrawn.v1',
      'concordat.reply-received.v1',
      'concordat.milestone-reached.v1',
      'concordat.decision-proposed.v1',
      'concordat.decision-returned.v1',
      'concordat.request-answered.v1',
      'concordat.request-declined.v1',
      'concordat.request-withdrawn.v1',
      'concordat.information-received.v1',
      'concordat.request-corrected.v1',
      'concordat.request-reopened.v1',
      'concordat.change-refused.v1',
      'concordat.request-refused.v1',
    ],
  },
  {
    family: 'agreements',
    pattern: 'collaboration.agreements.v1',
    purpose:
      'Which agreement lets which forces send which work to which unit, and who holds delegated authority.',
    key: 'agreement id',
    partitions: 1,
    cleanup: 'compact',
    retentionMs: null,
    publishers: ['collaboration'],
    // Collaboration reads its own topic at start: what its readers hold is what it must go on from.
    consumers: ['intake', 'collaboration', '{every unit}'],
    deadLetter: "kept with its bytes and reason in the reader's dead letters",
    messages: ['concordat.agreement-published.v1'],
  },
];

export const forceRequestsTopic = (force: string): string => `force.${force}.requests.v1`;
export const forceEventsTopic = (force: string): string => `force.${force}.events.v1`;
export const unitRequestsTopic = (unit: string): string => `unit.${unit}.requests.v1`;
export const AGREEMENTS_TOPIC = 'collaboration.agreements.v1';
export const forcePrincipal = (force: string): string => `force-${force}`;

/** The consumer group of a service on a topic: `concordat.<service>.<topic>`; a service's prefix is its access list. */
export const serviceGroupPrefix = (service: string): string => `concordat.${service}.`;
/** The prefix a force's own consumer groups must have. */
export const forceGroupPrefix = (force: string): string => `${force}.`;

export interface Topic {
  readonly name: string;
  readonly declaration: TopicDeclaration;
  readonly force?: string;
  readonly unit?: string;
}

/** Lists every topic of a cluster. */
export function topicsOf({ forces, sandboxes = [], units }: Topology): Topic[] {
  return TOPIC_FAMILIES.flatMap((declaration): Topic[] => {
    if (declaration.pattern.includes('{force}')) {
      return [...forces, ...sandboxes].map((force) => ({
        name: declaration.pattern.replace('{force}', force),
        declaration,
        force,
      }));
    }
    if (declaration.pattern.includes('{unit}')) {
      return units.map((unit) => ({ name: declaration.pattern.replace('{unit}', unit), declaration, unit }));
    }
    return [{ name: declaration.pattern, declaration }];
  });
}

/** The force whose topic this is, read from its name; undefined for topics that are no force's. */
export function forceOfTopic(topic: string): string | undefined {
  return /^force\.([a-z][a-z0-9-]*)\.(?:requests|events)\.v1$/.exec(topic)?.[1];
}
