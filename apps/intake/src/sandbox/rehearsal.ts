import type { FORCE_MESSAGES, ForceMessageKind, RequestState } from '#contracts';
import type { ClockState, OpenQuestion } from '#requests';

/** A message of the force that the sandbox has not answered yet. */
export interface SandboxMessage {
  readonly kind: (typeof FORCE_MESSAGES)[ForceMessageKind]['command'];
  /** Absent from a reply, because a unit makes no decision on it. */
  readonly changeId?: string;
  readonly reason?: string;
  /** The payload after the correction. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A request of a sandbox, its place in the script, and the messages of the force since the last step. */
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
  /** The number of lines of the script that were played. */
  readonly step: number;
  /** True if the next line is due now. */
  readonly stepDue: boolean;
  readonly clocks: readonly ClockState[];
  readonly question: OpenQuestion | null;
  readonly reason: string | null;
  readonly heard: readonly SandboxMessage[];
  /** The time of the database. */
  readonly at: Date;
}
