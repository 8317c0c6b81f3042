import type { ClockReadout, State, Urgency } from '#requests';

/** A line of a unit's queue, as the staff API gives it. */
export interface QueueItem {
  readonly id: string;
  readonly unitReference: string;
  readonly force: string;
  readonly forceReference: string;
  readonly type: string;
  readonly title: string;
  readonly state: State;
  readonly assignee: string | null;
  readonly urgency: Urgency | null;
  readonly dueAt: string | null;
  readonly risk: number;
  readonly version: number;
  readonly receivedAt: string;
  readonly updatedAt: string;
  readonly clocks: readonly ClockReadout[];
  readonly cursor?: string;
}

export interface QueueAnswer {
  readonly groups: readonly { readonly name: Urgency | 'finished'; readonly items: readonly QueueItem[] }[];
  readonly counts: Readonly<Record<Urgency, number>>;
  readonly countsByState: Readonly<Record<State, number>>;
  readonly filtered: Readonly<Record<Urgency, number>>;
  readonly mine: number;
  readonly next?: string;
}

/** The parts of a JSON Schema from which forms and facts are made. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

export interface UnitType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly decision: 'one-person' | 'second-person' | 'second-person-delegated';
  readonly lawEnforcement: boolean;
  readonly payload: Schema;
  readonly answer: Schema;
  readonly milestones: readonly { readonly name: string; readonly title: string }[];
  readonly clocks: readonly { readonly name: string; readonly title: string }[];
  readonly newest: boolean;
}

export interface UnitAnswer {
  readonly slug: string;
  readonly title: string;
  readonly referencePrefix: string;
  readonly me: { readonly person: string; readonly name: string; readonly role: string };
  readonly forces: readonly { readonly slug: string; readonly name: string }[];
  readonly types: readonly UnitType[];
}

export interface Member {
  readonly person: string;
  readonly name: string;
  readonly role: string;
}

export interface TimelineEntry {
  readonly type: string;
  readonly at: string;
  readonly person: string | null;
  readonly sequence: number;
  readonly state: State;
  readonly role?: string;
  readonly question?: string;
  readonly reason?: string;
  readonly belongsTo?: string;
  readonly milestone?: string;
  readonly told: boolean;
  readonly sentAt: string | null;
}

export interface Note {
  readonly id: string;
  readonly kind: 'note' | 'reply' | 'information';
  readonly author: string;
  readonly text: string;
  readonly at: string;
}

export interface Correction {
  readonly changeId: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly corrected: Readonly<Record<string, unknown>>;
}

export type AllowedCommand =
  | { readonly command: string; readonly allowed: true }
  | { readonly command: string; readonly allowed: false; readonly why: string };

export interface RequestAnswer extends QueueItem {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly submittedPayload: Readonly<Record<string, unknown>> | null;
  readonly corrections: readonly Correction[];
  readonly typeVersion: number;
  readonly channel: string;
  readonly submittedBy: string;
  readonly agreementId: string;
  readonly question: string | null;
  readonly proposal: {
    readonly proposer: string;
    readonly at: string;
    readonly answer: Readonly<Record<string, unknown>>;
  } | null;
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly belongsTo: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly notes: readonly Note[];
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly allowed: readonly AllowedCommand[];
  readonly changedSinceProposal: {
    readonly corrections: readonly Correction[];
    readonly notes: readonly Note[];
    readonly events: readonly TimelineEntry[];
  } | null;
  readonly related: readonly {
    readonly reference: string;
    readonly type: string;
    readonly title: string;
    readonly state: State;
    readonly at: string;
    readonly summary: string;
  }[];
  readonly forceContact: string | null;
}

export interface Readers {
  readonly logged: boolean;
  readonly items: readonly {
    readonly person: string;
    readonly name: string | null;
    readonly at: string;
    readonly operation: string;
  }[];
}

/** Problem details as a unit answers them. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

export interface SearchAnswer {
  /** `matched` names the fields in which the words were found. */
  readonly items: readonly (QueueItem & { readonly matched: string })[];
  readonly more: boolean;
}
