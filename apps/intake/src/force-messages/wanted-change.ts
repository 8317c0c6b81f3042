import type { Correction, Information, MessageType, Reopening, Withdrawal } from '#contracts';
import { contentHash } from '#kernel';
import type { VersionRead } from '#web';
import type { Channel } from '../submit-request/submission.ts';

/** What a force may want of a request after it sent it, each kind with its words. */
export type Says =
  | ({ readonly kind: 'withdraw' } & Omit<Withdrawal, 'requestId'>)
  | ({ readonly kind: 'inform' } & Omit<Information, 'requestId'>)
  | ({ readonly kind: 'correct' } & Omit<Correction, 'requestId'>)
  | ({ readonly kind: 'reopen' } & Omit<Reopening, 'requestId'>);
export type ChangeKind = Says['kind'];

/** As what each kind comes from the force, and goes to the unit. */
export const CHANGE_MESSAGES = {
  withdraw: { asked: 'concordat.withdraw-request.v1', sent: 'concordat.withdrawal-requested.v1' },
  inform: { asked: 'concordat.add-information.v1', sent: 'concordat.information-added.v1' },
  correct: { asked: 'concordat.correct-request.v1', sent: 'concordat.correction-requested.v1' },
  reopen: { asked: 'concordat.reopen-request.v1', sent: 'concordat.reopening-requested.v1' },
} as const satisfies Readonly<
  Record<ChangeKind, { readonly asked: MessageType; readonly sent: MessageType }>
>;
export type ChangeMessage = (typeof CHANGE_MESSAGES)[ChangeKind]['asked'];

/** The kind that a message of a force asks for; undefined for what asks for no change. */
export function changeKindOf(type: string): ChangeKind | undefined {
  return (Object.keys(CHANGE_MESSAGES) as ChangeKind[]).find((kind) => CHANGE_MESSAGES[kind].asked === type);
}

/** A force has changed its mind about a request, or knows more of it. */
export interface WantedChange {
  readonly force: string;
  readonly channel: Channel;
  readonly key: string;
  readonly requestedBy: string;
  readonly traceparent: string | null;
  readonly requestId: string;
  readonly says: Says;
  /** The version that the force read, where it said so. */
  readonly version?: VersionRead | undefined;
}

export const changeHash = ({ requestId, says }: Pick<WantedChange, 'requestId' | 'says'>): string =>
  contentHash({ requestId, ...says });
