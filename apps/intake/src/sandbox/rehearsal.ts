import type { FORCE_MESSAGES, ForceMessageKind, RequestState } from '#contracts';
import type { ClockState, OpenQuestion } from '#requests';

/** A message of the force about a request of its sandbox that the sandbox has not answered yet. */
export interface Heard {
  readonly kind: (typeof FORCE_MESSAGES)[ForceMessageKind]['command'];
  /** Absent from a reply, on which a unit decides nothing. */
  readonly changeId?: string;
  readonly reason?: string;
  /** The payload that a correction leads to. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A request of a sandbox, where its script stands, and what was heard since. */
export interface Rehearsal {
  readonly requestId: string;
  readonly force: string;
  readonly reference: string;
  readonly type: string;
  readonly version: number;
  readonly unit: string;
  readonly unitReference: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly receivedAt: Date;
  readonly traceparent: string | null;
  readonly state: RequestState;
  readonly sequence: number;
  readonly scenario: string;
  /** Lines of the script that are behind it. */
  readonly step: number;
  /** The next line is due now. */
  readonly stepDue: boolean;
  readonly clocks: readonly ClockState[];
  readonly question: OpenQuestion | null;
  readonly reason: string | null;
  readonly heard: readonly Heard[];
  /** The moment of the database. */
  readonly at: Date;
}
