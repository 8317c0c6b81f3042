import { Caller } from './caller.ts';
import type { HttpAnswer } from './json-http.ts';
import { refusedBy } from './refused.ts';
import type { RunningStack } from './running-stack.ts';

/** A request as its unit shows it to staff, in a list or alone; only the detail has the payload and the notes. */
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

/** How many requests of a force a unit has in each state, and how many arrived or were set aside. */
export type Counts = Readonly<Record<string, number>>;

/** Names the version that was read, so that a change in between refuses the command. */
export type TaskVersion = Pick<Task, 'id' | 'version'>;

/** One person of a unit's staff, seen from outside: the unit's public API under that person's own token. */
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

  /** A development identity of the stack that runs here, at its own unit's desk. */
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

  /** The most urgent request, of these types if any are named, claimed for this person; undefined when nothing waits. */
  async next(types?: readonly string[]): Promise<Task | undefined> {
    const answer = await this.desk.call('/v1/queue/next', { method: 'POST', body: { types } });
    return answer.status === 204 ? undefined : taskOf(expectDone(answer));
  }

  /** Lists the queue; the query's names are those of the unit's `GET /v1/queue`. */
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

  async read(id: string): Promise<Task> {
    return taskOf(expectDone(await this.desk.call(`/v1/requests/${id}`)));
  }

  async counts(): Promise<Readonly<Record<string, Counts>>> {
    const { body } = expectDone(await this.desk.call('/v1/counts'));
    return (body as { byForce: Record<string, Counts> }).byForce;
  }

  /** Gives one command on the version that was read, and returns the answer as it came. */
  ask({ id, version }: TaskVersion, command: string, body: object = {}): Promise<HttpAnswer> {
    const headers = { 'if-match': `"${version}"` };
    return this.desk.call(`/v1/requests/${id}/${command}`, { method: 'POST', body, headers });
  }

  /** Gives one command and returns the request as it is now. Throws `Refused` when the unit refuses it. */
  async act(task: TaskVersion, command: string, body: object = {}): Promise<Task> {
    return taskOf(expectDone(await this.ask(task, command, body)));
  }

  close(): void {
    this.desk.close();
  }
}

/** The answer, or a throw of `Refused` with its problem. */
export function expectDone(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 300) return answer;
  throw refusedBy(answer, answer.body);
}

/** The version is the entity tag where the answer has one, else a field of the view. */
function taskOf({ body, headers }: Pick<HttpAnswer, 'body'> & Partial<HttpAnswer>): Task {
  const view = body as Task & { readonly sequence?: number };
  const tag = /^(?:W\/)?"(\d+)"$/.exec(String(headers?.etag ?? ''))?.[1];
  return { ...view, version: Number(tag ?? view.version ?? view.sequence) };
}
