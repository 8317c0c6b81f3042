import { FORCE_MESSAGE_KINDS, FORCE_MESSAGES } from './force-messages.ts';
import type { MessageType } from './messages.ts';

import { DAY_MS } from '#kernel';

/**
 * The forces, sandboxes and units of a deployment. Each of them, and each service, has one Kafka principal.
 */
export interface Topology {
  readonly forces: readonly string[];
  /**
   * Sandbox forces have the topics of a force, but no unit gets their requests or may write to their topics.
   */
  readonly sandboxes?: readonly string[];
  readonly units: readonly string[];
}

export type TopicFamily = 'force-requests' | 'force-events' | 'unit-requests' | 'agreements';

/**
 * One kind of topic. Topic creation, access lists and the reference page are all generated from this
 * declaration.
 */
export interface TopicDeclaration {
  readonly family: TopicFamily;
  readonly pattern: string;
  readonly purpose: string;
  readonly key: string;
  readonly partitions: number;
  readonly cleanup: 'delete' | 'compact';
  /** A compacted topic has null here. */
  readonly retentionMs: number | null;
  /** Principals that may write. `{force}` and `{unit}` mean the force or unit of the topic. */
  readonly publishers: readonly string[];
  readonly consumers: readonly string[];
  /** Says what happens to a message that cannot be handled. */
  readonly deadLetter: string;
  readonly messages: readonly MessageType[];
}

export const TOPIC_FAMILIES: readonly TopicDeclaration[] = [
  {
    family: 'force-requests',
    pattern: 'force.{force}.requests.v1',
    purpose: 'Messages from a force: requests, replies to questions, and changes of mind.',
    key: "the force's own reference (any key is accepted)",
    partitions: 6,
    cleanup: 'delete',
    retentionMs: 14 * DAY_MS,
    publishers: ['force-{force}'],
    consumers: ['intake'],
    deadLetter:
      'refused on force.{force}.events.v1 with problem details, and kept with its bytes among the refusals of intake',
    messages: [
      'concordat.submit-request.v1',
      ...FORCE_MESSAGE_KINDS.map((kind) => FORCE_MESSAGES[kind].received.type),
    ],
  },
  {
    family: 'unit-requests',
    pattern: 'unit.{unit}.requests.v1',
    purpose:
      'Requests that intake accepted for a unit, and the replies and changes of mind that forces sent later.',
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
    purpose: "Events of a force's requests: every change on the way, and the answers.",
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
    purpose: 'Agreements: which forces may send which work to which unit, and who holds delegated authority.',
    key: 'agreement id',
    partitions: 1,
    cleanup: 'compact',
    retentionMs: null,
    publishers: ['collaboration'],
    // Collaboration reads its own topic at start, because it must continue from the state that its readers
    // have.
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

/**
 * The consumer groups of a service are called `concordat.<service>.<topic>`; its access list allows this
 * prefix.
 */
export const serviceGroupPrefix = (service: string): string => `concordat.${service}.`;
/** The consumer groups of a force must have this prefix. */
export const forceGroupPrefix = (force: string): string => `${force}.`;

export interface Topic {
  readonly name: string;
  readonly declaration: TopicDeclaration;
  readonly force?: string;
  readonly unit?: string;
}

/** Lists every topic of a deployment. */
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

/** Reads the force from a topic's name; undefined for topics that belong to no force. */
export function forceOfTopic(topic: string): string | undefined {
  return /^force\.([a-z][a-z0-9-]*)\.(?:requests|events)\.v1$/.exec(topic)?.[1];
}
