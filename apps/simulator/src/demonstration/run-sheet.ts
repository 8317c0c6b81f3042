/** One message of the demonstration and its observed progress. Times are milliseconds of one clock. */
export interface RunEntry {
  readonly force: string;
  readonly unit: string;
  readonly type: string;
  readonly reference: string;
  readonly channel: 'rest' | 'kafka';
  /** True for a message that must be refused. */
  readonly mustBeRefused: boolean;
  readonly sentAt: number;
  ackMs?: number;
  requestId?: string;
  queuedAt?: number;
  end?: 'answered' | 'declined' | 'refused';
  endedAt?: number;
  /** The code of the problem, if it was refused. */
  why?: string;
}

/** Holds every entry of the run, by the force's own reference and by the request's id. */
export class RunSheet {
  private readonly all: RunEntry[] = [];
  private readonly byMessage = new Map<string, RunEntry>();
  private readonly byRequest = new Map<string, RunEntry>();

  get entries(): readonly RunEntry[] {
    return this.all;
  }

  /** `messageId` is the id in a refusal over Kafka; over REST the answer comes with the call. */
  begin(entry: Omit<RunEntry, 'sentAt'>, messageId: string): RunEntry {
    const begun: RunEntry = { ...entry, sentAt: performance.now() };
    this.all.push(begun);
    this.byMessage.set(messageId, begun);
    if (!entry.mustBeRefused) this.byMessage.set(`${entry.force}/${entry.reference}`, begun);
    return begun;
  }

  find(
    force: string,
    event: { requestId?: string; forceReference?: string; messageId?: string },
  ): RunEntry | undefined {
    if (event.messageId !== undefined) return this.byMessage.get(event.messageId);
    const known = event.requestId === undefined ? undefined : this.byRequest.get(event.requestId);
    if (known) return known;
    const entry = this.byMessage.get(`${force}/${event.forceReference ?? ''}`);
    if (entry && event.requestId !== undefined) {
      entry.requestId = event.requestId;
      this.byRequest.set(event.requestId, entry);
    }
    return entry;
  }

  get unfinished(): number {
    return this.all.filter(({ end }) => end === undefined).length;
  }
}

/** Ends an entry once. A repeat of the event changes nothing. */
export function endEntry(entry: RunEntry, end: NonNullable<RunEntry['end']>, why?: string): void {
  if (entry.end !== undefined) return;
  entry.end = end;
  entry.endedAt = performance.now();
  entry.why = why;
}
