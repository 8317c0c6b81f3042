import { Caller } from './caller.ts';
import type { HttpAnswer } from './json-http.ts';
import { refusedBy } from './refused.ts';
import type { RunningStack } from './running-stack.ts';

/** A request in the form that its unit shows to staff. Only the detail has the payload and the notes. */
export interface Task {
  readonly id: string;
  readonly force: string;
  readonly forceReference: string;
  readonly type: string;
  readonly state: string;
  readonly version: number;
  readonly assignee: string | null;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly notes?: readonly { readonly kind: string; readonly text: string }[];
}

/** Numbers of requests of one force at a unit: by state, arrived, and dead letters. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Names the version that the person has read: the unit refuses the command if the request has changed since.
 */
export type TaskVersion = Pick<Task, 'id' | 'version'>;

/**
 * A client of a unit's public API for one member of its staff. The methods return the parsed answer and throw
 * `Refused` for every refusal; only `ask` returns the answer with any status. A call is repeated only once,
 * with a new token, after a 401. It throws `ConnectionLost` when no answer came, because a command may have
 * had its effect.
 */
export class StaffClient {
  readonly clientId: string;
  readonly unit: string;
  readonly role: string;

  constructor(
    private readonly desk: Caller,
    { clientId, unit, role }: { readonly clientId: string; readonly unit: string; readonly role: string },
  ) {
    this.clientId = clientId;
    this.unit = unit;
    this.role = role;
  }

  /** Opens a client for a development identity of the running system, at the identity's own unit. */
  static of(
    stack: RunningStack,
    clientId: string,
    {
      connections = 1,
      insecureIssuer,
    }: { readonly connections?: number; readonly insecureIssuer?: boolean } = {},
  ): StaffClient {
    const access = stack.staff[clientId];
    const url = access && stack.urls.units[access.unit];
    if (!access || !url) throw new Error(`the running stack has no staff identity ${clientId}`);
    const { keyFile, resource } = access;
    const credential = { issuer: stack.urls.identity, clientId, keyFile, resource, insecureIssuer };
    return new StaffClient(new Caller(credential, url, connections), { clientId, ...access });
  }

  /**
   * Claims the most urgent request for this person, of these types if any are named; undefined when the queue
   * is empty.
   */
  async next(types?: readonly string[]): Promise<Task | undefined> {
    const answer = await this.desk.call('/v1/queue/next', { method: 'POST', body: { types } });
    return answer.status === 204 ? undefined : taskOf(expectDone(answer));
  }

  /**
   * Lists the queue. The query has the parameters of the unit's `GET /v1/queue`; `queued` is the unit's
   * number of requests in that state.
   */
  async list(query: Readonly<Record<string, string>>): Promise<{ tasks: Task[]; queued: number }> {
    const { body } = expectDone(await this.desk.call(`/v1/queue?${new URLSearchParams(query).toString()}`));
    const { groups, countsByState } = body as {
      groups: { items: object[] }[];
      countsByState?: Record<string, number>;
    };
    return {
      tasks: groups.flatMap(({ items }) => items.map((item) => taskOf({ body: item }))),
      queued: countsByState?.['queued'] ?? 0,
    };
  }

  /** Reads one request with its payload and notes. */
  async read(id: string): Promise<Task> {
    return taskOf(expectDone(await this.desk.call(`/v1/requests/${id}`)));
  }

  /** Reads the unit's numbers of requests, by force. */
  async counts(): Promise<Readonly<Record<string, Counts>>> {
    const { body } = expectDone(await this.desk.call('/v1/counts'));
    return (body as { byForce: Record<string, Counts> }).byForce;
  }

  /** Sends one command for the version that was read. Returns the answer with any status. */
  ask({ id, version }: TaskVersion, command: string, body: object = {}): Promise<HttpAnswer> {
    const headers = { 'if-match': `"${version}"` };
    return this.desk.call(`/v1/requests/${id}/${command}`, { method: 'POST', body, headers });
  }

  /** Sends one command and returns the request as it is now. Throws `Refused` when the unit refuses it. */
  async act(task: TaskVersion, command: string, body: object = {}): Promise<Task> {
    return taskOf(expectDone(await this.ask(task, command, body)));
  }

  close(): void {
    this.desk.close();
  }
}

/** Returns the answer if its status is below 300; throws `Refused` with its problem otherwise. */
export function expectDone(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 300) return answer;
  throw refusedBy(answer, answer.body);
}

/** The version is the entity tag if the answer has one, else a field of the body. */
function taskOf({ body, headers }: Pick<HttpAnswer, 'body'> & Partial<HttpAnswer>): Task {
  const view = body as Task & { readonly sequence?: number };
  const tag = /^(?:W\/)?"(\d+)"$/.exec(String(headers?.etag ?? ''))?.[1];
  return { ...view, version: Number(tag ?? view.version ?? view.sequence) };
}
