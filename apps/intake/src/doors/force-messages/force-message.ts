import { FORCE_MESSAGES, type ForceMessageFields, type ForceMessageKind } from '#contracts';
import { contentHash } from '#kernel';
import type { VersionRead } from '#web';
import type { Channel } from '../../registers/channel.ts';

type OfKind<Kind extends ForceMessageKind> = {
  readonly [Each in Kind]: {
    readonly kind: Each;
    readonly requestId: string;
    readonly fields: ForceMessageFields<Each>;
  };
}[Kind];

/** A message that a force sent about a request after it submitted it. */
export type ForceMessage<Kind extends ForceMessageKind = ForceMessageKind> = OfKind<Kind> & {
  readonly force: string;
  readonly channel: Channel;
  readonly key: string;
  readonly sentBy: string;
  readonly traceparent: string | null;
  /** The version that the force read, if it named one by If-Match. */
  readonly version?: VersionRead | undefined;
};

/**
 * Returns the hash of a message's content. For a reply the kind is left out, because older receipts have
 * none.
 */
export const forceMessageHash = ({
  kind,
  requestId,
  fields,
}: Pick<ForceMessage, 'kind' | 'requestId' | 'fields'>): string =>
  contentHash({ requestId, ...(FORCE_MESSAGES[kind].isChange && { kind }), ...fields });
