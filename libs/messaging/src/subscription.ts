/** One topic read by one consumer of its own, so that trouble on one force's topic holds up no other. */
export interface Subscription {
  /** The name of its handler: `@OnBatch(pattern)`. */
  readonly pattern: string;
  readonly topic: string;
  /** `concordat.<service>.<topic>`; the access list goes by this prefix. */
  readonly groupId: string;
  /** Always: the library's own default skips in silence to the end when the stored offset is gone. */
  readonly fromBeginning: true;
  /** Messages in one transaction at most; 500 when left out. */
  readonly batchMax?: number;
}

export type ConsumerState = 'connecting' | 'joined' | 'waiting' | 'reconnecting' | 'dead' | 'stopped';

export interface ConsumerStatus {
  readonly topic: string;
  readonly groupId: string;
  /** `waiting`: what the handler needs (the database) is away; it tries again by itself. `dead`: it does not. */
  readonly state: ConsumerState;
  /** False when work that has arrived is not being done here. A broker that is away is not our fault: true. */
  readonly ok: boolean;
  readonly detail?: string;
  readonly partitions: readonly number[];
  readonly handled: number;
  readonly deadLettered: number;
  /** Times that messages were gone before they were read, since the start: deleted too early, or lost by the broker. */
  readonly gaps: number;
  /** Messages behind the end of our partitions; null while unknown. */
  readonly lag: number | null;
  readonly lastProgressAt: string | null;
}
