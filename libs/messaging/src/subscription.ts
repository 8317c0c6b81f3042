/** One topic with a consumer of its own, so that trouble on one force's topic holds up no other force. */
export interface Subscription {
  /** The pattern of its handler: `@OnBatch(pattern)`. */
  readonly pattern: string;
  readonly topic: string;
  /** `concordat.<service>.<topic>`. The access list grants this prefix. */
  readonly groupId: string;
  /** Always true. The library's default skips silently to the end if the stored offset is gone. */
  readonly fromBeginning: true;
  /** The most messages of one transaction; 500 by default. */
  readonly batchMax?: number;
}

export type ConsumerState = 'connecting' | 'joined' | 'waiting' | 'reconnecting' | 'dead' | 'stopped';

export interface ConsumerStatus {
  readonly topic: string;
  readonly groupId: string;
  /** `waiting`: the database is away, and the consumer tries again by itself. `dead`: it does not. */
  readonly state: ConsumerState;
  /** False if messages wait and are not handled. It stays true while the broker is away. */
  readonly ok: boolean;
  readonly detail?: string;
  readonly partitions: readonly number[];
  readonly handled: number;
  readonly deadLettered: number;
  /**
   * How often messages were gone before they were read, since the start: deleted too early, or lost by the
   * broker.
   */
  readonly gaps: number;
  /** How many messages our partitions hold that were not read yet; null while unknown. */
  readonly lag: number | null;
  readonly lastProgressAt: string | null;
}
