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
/** A request in the form that its force reads. */
export type Request = Schemas['Request'];
/** A submission of a force: one variant for each request type. */
export type Submission = Schemas['Submission'];
/** One event of the feed. Send its `cursor` as `after` to continue with the next event. */
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
  /** A call ends after a minute without a definite answer, unless these limits set another time. */
  readonly limits?: Partial<RetryLimits>;
  /** Called with each call before it is sent; the call carries the access token. */
  readonly onCall?: (call: globalThis.Request) => Promise<void>;
}

export interface Submitted {
  readonly request: Request;
  /**
   * True if intake had accepted it before: under the same key, or under the same reference with the same
   * content.
   */
  readonly already: boolean;
  /** True if an attempt of this call got no answer, so `already` may be the effect of this call itself. */
  readonly uncertain: boolean;
}

/**
 * The Idempotency-Key of a call. A new key is made unless the caller passes one, to repeat the call in
 * another process.
 */
interface Keyed {
  readonly key?: string;
}

/** A submission whose payload is not known to the compiler. */
export interface FilledRequest {
  readonly type: string;
  readonly version: number;
  readonly reference: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const GIVE_UP_AFTER_MS = 60_000;
const SILENCE_MS_MAX = 30_000;
const PAGE = 200;
const POLL_MS = 1_000;
const POLL_MS_MAX = 10_000;

/**
 * The client of a force's own system for intake. Each call is repeated, with the same key, after a lost
 * connection, 429, 502, 503, 504 and every problem of kind "system". It waits for the time in Retry-After, or
 * for growing random times. After a 401 it tries once more with a new token. A call throws `Refused` for a
 * definite refusal, `GaveUp` when no definite answer came in time, and `SignInRefused` when the identity
 * provider refuses a token.
 */
export class ForceClient {
  /** The typed client for every route of intake. It adds a token and does not retry. */
  readonly api: Client<paths>;
  readonly bulk: BulkUploads;
  private readonly limits: RetryLimits;

  constructor(private readonly settings: ForceClientSettings) {
    this.limits = { giveUpAfterMs: GIVE_UP_AFTER_MS, ...settings.limits };
    this.api = createClient<paths>({ baseUrl: settings.url, fetch: (call) => this.fetchSigned(call) });
    this.bulk = new BulkUploads(this.api, (call) => this.ask(call));
  }

  /**
   * Submits one request and returns it as stored. Sent again with the same content it changes nothing; the
   * same key or reference with other content throws `Refused`.
   */
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

  /**
   * Submits a request whose payload comes from a form, which was made from the schema of its type. Intake
   * checks it. Repeated with the same key it is one request.
   */
  async fillIn(filled: FilledRequest, key: string): Promise<Submitted> {
    return this.submit(filled as unknown as Submission, { key });
  }

  /** Reads one request. Throws `Refused` with status 404 if the force has no request with this id. */
  async read(id: string): Promise<Request> {
    return (await this.ask(() => this.api.GET('/v1/requests/{id}', { params: { path: { id } } }))).data;
  }

  /** Finds the request with one of the force's own references; undefined if there is none. */
  async find(reference: string): Promise<Request | undefined> {
    for await (const request of this.list({ reference })) return request;
    return undefined;
  }

  /** Reads one page of the force's requests. */
  async page(
    query: NonNullable<operations['listRequests']['parameters']['query']>,
  ): Promise<{ readonly items: readonly Request[]; readonly next?: string }> {
    return (await this.ask(() => this.api.GET('/v1/requests', { params: { query } }))).data;
  }

  /** Reads the number of the force's requests in each state. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    return (await this.ask(() => this.api.GET('/v1/counts'))).data.byState;
  }

  /** Reads every version of every request type, with its unit. */
  async types(): Promise<operations['listSchemas']['responses'][200]['content']['application/json']> {
    return (await this.ask(() => this.api.GET('/schemas'))).data;
  }

  /** Reads the JSON Schema of a type's payload or answer. */
  async schema(type: string, version: number, part: 'payload' | 'answer'): Promise<object> {
    const params = { path: { type, version } };
    const { data } =
      part === 'payload'
        ? await this.ask(() => this.api.GET('/schemas/{type}/{version}', { params }))
        : await this.ask(() => this.api.GET('/schemas/{type}/{version}/answer', { params }));
    return data;
  }

  /** Yields the force's requests in the order of their last change, page by page. */
  list(filter: RequestFilter = {}): AsyncGenerator<Request, void> {
    return this.pages((cursor) =>
      this.api.GET('/v1/requests', { params: { query: { ...filter, limit: PAGE, cursor } } }),
    );
  }

  /**
   * Yields the feed's events after a cursor, or from the beginning. Without `follow` it ends at the newest
   * event; with it, it waits for new events and continues after any outage. A caller that keeps the last
   * `cursor` can continue there in another process.
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

  /**
   * Yields a request now and after each change, until its state is final and the unit has decided every
   * change that the force asked for. The force's access log records each read, so the reads become less
   * frequent.
   */
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
   * Sends a message about a request: a reply, information, a correction, a withdrawal or a reopening. It
   * returns when intake has stored the message. The unit decides later, except on a reply: `changes` of the
   * request and the feed give the result. A reply throws `Refused` with status 412 if its `questionVersion`
   * (the request's version with the question) is no longer current.
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

  /** Lists the force's webhooks. */
  async webhooks(): Promise<readonly Webhook[]> {
    return (await this.ask(() => this.api.GET('/v1/webhooks'))).data.items;
  }

  /**
   * Asks for another delivery to a webhook: of one event, or of all events since a time. Returns how many are
   * due.
   */
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
    // Intake may refuse a token when the identity provider has new keys, so one new token is tried.
    this.settings.credentials.forget();
    return call();
  }

  private async fetchSigned(call: globalThis.Request): Promise<Response> {
    const { credentials, onCall } = this.settings;
    const { signal } = this.limits;
    // An upload has no time limit: its answer comes after the last line has a result.
    const silence = isOfBulk(call) ? undefined : AbortSignal.timeout(SILENCE_MS_MAX);
    const ends = [signal, silence].filter((end) => end !== undefined);
    try {
      call.headers.set('authorization', `Bearer ${await credentials.token()}`);
      await onCall?.(call);
      const response = await fetch(call, { signal: AbortSignal.any(ends) });
      // An interrupted body counts as a lost connection as well. Results of an upload are a stream, and their
      // reader handles an interruption.
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

/** An answered request may still be reopened, so open changes count as well. */
function isOver({ state, changes }: Pick<Request, 'state' | 'changes'>): boolean {
  return (
    FINAL_STATES.some((final) => final === state) && !changes.some((change) => change.state === 'requested')
  );
}
