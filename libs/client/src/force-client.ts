import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import createClient, { type Client } from 'openapi-fetch';
import { FINAL_STATES } from '#requests';
import { BulkUploads } from './bulk-uploads.ts';
import { SignInRefused, type ClientCredentials } from './client-credentials.ts';
import { FORCE_MESSAGE_PATHS, type components, type operations, type paths } from './intake-api.generated.ts';
import { refusedBy } from './refused.ts';
import { ConnectionLost, untilDefinite, type Answer, type RetryLimits } from './until-definite.ts';

type Schemas = components['schemas'];
/** A request as its force reads it. */
export type Request = Schemas['Request'];
/** What a force submits: one member for each type of request. */
export type Submission = Schemas['Submission'];
/** One event of the feed; `cursor` is the place to go on behind it. */
export type FeedEvent = Schemas['Event'];
export type RequestFilter = Omit<
  NonNullable<operations['listRequests']['parameters']['query']>,
  'cursor' | 'limit'
>;
type Webhook = NonNullable<operations['readWebhook']['responses'][200]['content']>['application/json'];

/** A kind of message that a force may send about a request after it submitted it. */
export type ForceMessageKind = keyof typeof FORCE_MESSAGE_PATHS;
export type ForceMessageBody<Kind extends ForceMessageKind> =
  paths[(typeof FORCE_MESSAGE_PATHS)[Kind]]['post']['requestBody']['content']['application/json'];

export interface ForceClientSettings {
  /** Base URL of intake. */
  readonly url: string;
  readonly credentials: Pick<ClientCredentials, 'token' | 'forget'>;
  /** A minute without a definite answer is given up, unless this says otherwise. */
  readonly limits?: Partial<RetryLimits>;
  /** Sees each call on its way, its access token included. */
  readonly onCall?: (call: globalThis.Request) => Promise<void>;
}

export interface Submitted {
  readonly request: Request;
  /** It had been taken before: under the same key, or under the same reference with the same content. */
  readonly already: boolean;
  /** An attempt of this call went unanswered, so `already` may speak of this very call. */
  readonly uncertain: boolean;
}

/** Names one attempt; a new one unless the caller keeps its own, to repeat the call in another process. */
interface Keyed {
  readonly key?: string;
}

const GIVE_UP_AFTER_MS = 60_000;
const SILENCE_MS_MAX = 30_000;
const PAGE = 200;
const POLL_MS = 1_000;
const POLL_MS_MAX = 10_000;

/**
 * Intake for a force's own system. Every call may be repeated and is: after a lost connection, 429, 503 and whatever
 * else passes, with the same key, as Retry-After says. It throws `Refused` for a definite refusal, `GaveUp` when no
 * definite answer came in time, `SignInRefused` when there is no token to be had.
 */
export class ForceClient {
  /** Every route of intake's description, with a token and without retries. */
  readonly api: Client<paths>;
  readonly bulk: BulkUploads;
  private readonly limits: RetryLimits;

  constructor(private readonly settings: ForceClientSettings) {
    this.limits = { giveUpAfterMs: GIVE_UP_AFTER_MS, ...settings.limits };
    this.api = createClient<paths>({ baseUrl: settings.url, fetch: (call) => this.fetchSigned(call) });
    this.bulk = new BulkUploads(this.api, (call) => this.ask(call));
  }

  async submit(submission: Submission, { key = randomUUID() }: Keyed = {}): Promise<Submitted> {
    const { data, response, uncertain } = await this.ask(() =>
      this.api.POST('/v1/requests', { params: { header: { 'Idempotency-Key': key } }, body: submission }),
    );
    return {
      request: data,
      already: response.status === 200 || response.headers.has('idempotent-replayed'),
      uncertain,
    };
  }

  async read(id: string): Promise<Request> {
    return (await this.ask(() => this.api.GET('/v1/requests/{id}', { params: { path: { id } } }))).data;
  }

  /** The request that stands under one of the force's own references. */
  async find(reference: string): Promise<Request | undefined> {
    for await (const request of this.list({ reference })) return request;
    return undefined;
  }

  /** The force's requests in the order of their last change. */
  list(filter: RequestFilter = {}): AsyncGenerator<Request, void> {
    return this.pages((cursor) =>
      this.api.GET('/v1/requests', { params: { query: { ...filter, limit: PAGE, cursor } } }),
    );
  }

  /**
   * The feed behind a cursor, or from its beginning. `follow` waits for more and rides out any outage; without it the
   * iterator ends at what there is now. Whoever keeps the last `cursor` goes on exactly there in another process.
   */
  async *events({ after, follow = false }: { after?: string; follow?: boolean } = {}): AsyncGenerator<
    FeedEvent,
    void
  > {
    const patience = follow ? { ...this.limits, giveUpAfterMs: Infinity } : this.limits;
    for (let place = after; ;) {
      const { data } = await this.ask(
        () => this.api.GET('/v1/events', { params: { query: { after: place, limit: PAGE } } }),
        patience,
      );
      yield* data.items;
      place = data.next;
      if (data.items.length > 0) continue;
      if (!follow) return;
      await pause(POLL_MS, undefined, { signal: this.limits.signal });
    }
  }

  /** One request now and after each change of it, until it is final and the unit has decided all that was asked of it. Each look is an access that the force's log keeps, so looks grow rarer. */
  async *watch(id: string): AsyncGenerator<Request, void> {
    let seen: string | undefined;
    for (let wait = POLL_MS; ; wait = Math.min(wait * 1.5, POLL_MS_MAX)) {
      const request = await this.read(id);
      if (seen !== request.updatedAt) {
        yield request;
        wait = POLL_MS;
      }
      if (isOver(request)) return;
      seen = request.updatedAt;
      await pause(wait, undefined, { signal: this.limits.signal });
    }
  }

  /**
   * Sends the unit a message about a request: a reply, information, a correction, a withdrawal or a reopening. The
   * unit decides on all but a reply: `changes` of the request, and the feed, say what became of it. 412 for a reply
   * whose `questionVersion` (the version of the request that carried the question) was replaced since.
   */
  async send<Kind extends ForceMessageKind>(
    id: string,
    kind: Kind,
    body: ForceMessageBody<Kind>,
    { key = randomUUID() }: Keyed = {},
  ): Promise<void> {
    const params = { path: { id }, header: { 'Idempotency-Key': key } };
    const post = this.api.POST as (path: string, init: object) => Promise<Answered<unknown>>;
    await this.ask(() => post(FORCE_MESSAGE_PATHS[kind], { params, body }));
  }

  async webhooks(): Promise<readonly Webhook[]> {
    return (await this.ask(() => this.api.GET('/v1/webhooks'))).data.items;
  }

  /** Has events delivered to a webhook again: one, or all since a moment. Returns how many are due. */
  async redeliver(
    webhook: string,
    what: { readonly eventId: string } | { readonly since: string },
  ): Promise<number> {
    const params = { path: { id: webhook } };
    return (await this.ask(() => this.api.POST('/v1/webhooks/{id}/redeliveries', { params, body: what })))
      .data.count;
  }

  private async *pages<Item>(
    read: (
      cursor: string | undefined,
    ) => Promise<Answered<{ readonly items: readonly Item[]; readonly next?: string }>>,
  ): AsyncGenerator<Item, void> {
    let cursor: string | undefined;
    do {
      const { data } = await this.ask(() => read(cursor));
      yield* data.items;
      cursor = data.next;
    } while (cursor !== undefined);
  }

  private async ask<Data>(
    call: () => Promise<Answered<Data>>,
    limits = this.limits,
  ): Promise<{ data: Data; response: Response; uncertain: boolean }> {
    const { answer, uncertainBefore: uncertain } = await untilDefinite(() => this.authorised(call), limits);
    if (!answer.response.ok) throw refusedBy(answer.response, answer.error);
    return { data: answer.data as Data, response: answer.response, uncertain };
  }

  private async authorised<Data>(call: () => Promise<Answered<Data>>): Promise<Answered<Data>> {
    const answer = await call();
    if (answer.response.status !== 401) return answer;
    // A token that intake no longer takes (the identity provider came back with new keys): once, with a new one.
    this.settings.credentials.forget();
    return call();
  }

  private async fetchSigned(call: globalThis.Request): Promise<Response> {
    const { credentials, onCall } = this.settings;
    const { signal } = this.limits;
    // An upload is answered when its last line has a result, however many it has.
    const silence = isOfBulk(call) ? undefined : AbortSignal.timeout(SILENCE_MS_MAX);
    const ends = [signal, silence].filter((end) => end !== undefined);
    try {
      call.headers.set('authorization', `Bearer ${await credentials.token()}`);
      await onCall?.(call);
      const response = await fetch(call, { signal: AbortSignal.any(ends) });
      // A body that breaks off is a lost connection as well. The results of an upload are a stream: whoever reads them goes on.
      return isStream(call) || response.body === null
        ? response
        : new Response(await response.arrayBuffer(), response);
    } catch (error) {
      if (error instanceof SignInRefused || signal?.aborted) throw error;
      const { message, cause } = error as Error;
      throw new ConnectionLost(
        `${new URL(call.url).host}: ${cause instanceof Error ? cause.message || cause.name : message}`,
      );
    }
  }
}

type Answered<Data> = Answer & { readonly data?: Data };

const isStream = ({ url }: globalThis.Request): boolean => new URL(url).pathname.endsWith('/results');
const isOfBulk = ({ url }: globalThis.Request): boolean => new URL(url).pathname.startsWith('/v1/bulk');

/** What was answered may be about to be reopened. */
function isOver({ state, changes }: Pick<Request, 'state' | 'changes'>): boolean {
  return (
    FINAL_STATES.some((final) => final === state) && !changes.some((change) => change.state === 'requested')
  );
}
