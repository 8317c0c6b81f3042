import type { RequestState } from '#contracts';
import type { ClockState, OpenQuestion } from '#requests';

/** What a force said of a request of its sandbox, and has no answer to yet. */
export type Heard =
  | { readonly kind: 'reply' }
  | { readonly kind: 'withdraw'; readonly changeId: string; readonly reason: string }
  | { readonly kind: 'reopen'; readonly changeId: string; readonly reason: string }
  | { readonly kind: 'inform'; readonly changeId: string }
  | {
      readonly kind: 'correct';
      readonly changeId: string;
      readonly reason: string;
      readonly payload: Record<string, unknown>;
    };

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
