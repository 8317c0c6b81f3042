import { Caller } from './caller.ts';
import { problemOf, untilDefinite, type RetryLimits, type Settled } from './retry.ts';
import type { RunningStack } from './running-stack.ts';

export interface SubmissionBody {
  readonly type: string;
  readonly reference: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly origin?: string;
}

/** What the door says of one request, as far as a force's system needs it here. */
export interface RequestView {
  readonly id: string;
  readonly reference: string;
  readonly type: string;
  readonly unit: string;
  readonly state: string;
  readonly channel: string;
  readonly receivedAt: string;
}

/** A force's own system at the REST door: everything it sends may be repeated safely. */
export class ForceSystem {
  private readonly door: Caller;

  constructor(
    readonly force: string,
    stack: RunningStack,
    connections: number,
  ) {
    const access = stack.forces[force];
    if (!access) throw new Error(`the running stack has no client for ${force}`);
    this.door = new Caller({ issuer: stack.urls.identity, ...access }, stack.urls.intake, connections);
  }

  submit(submission: SubmissionBody, idempotencyKey: string, limits: RetryLimits): Promise<Settled> {
    return untilDefinite(
      () => this.door.call('/v1/requests', { method: 'POST', body: submission, headers: { 'idempotency-key': idempotencyKey } }),
      limits,
    );
  }

  reply(requestId: string, message: string, idempotencyKey: string, limits: RetryLimits): Promise<Settled> {
    return untilDefinite(
      () =>
        this.door.call(`/v1/requests/${requestId}/replies`, {
          method: 'POST',
          body: { message },
          headers: { 'idempotency-key': idempotencyKey },
        }),
      limits,
    );
  }

  /** Every request of the force that fits the query (state, updatedSince, reference), a page at a time. */
  async *requests(limits: RetryLimits, filter: Readonly<Record<string, string>> = {}): AsyncGenerator<RequestView> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...filter,
        ...(cursor && { cursor }),
      });
      const { answer } = await untilDefinite(() => this.door.call(`/v1/requests?${query.toString()}`), limits);
      if (answer.status !== 200) throw new Error(`intake's list: ${answer.status} ${problemOf(answer).detail ?? ''}`);
      const page = answer.body as { items: RequestView[]; next?: string | null };
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }

  close(): void {
    this.door.close();
  }
}

const PAGE = 200;
