import { Caller } from './caller.ts';
import type { HttpAnswer } from './json-http.ts';
import type { RunningStack } from './running-stack.ts';

/** What a member of staff reads of a task; the unit shows more. */
export interface Task {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly version: number;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A unit refused what a member of staff asked for, and said why. */
export class NotDone extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

/** One person at a unit's queue, through the unit's public API and nothing else. */
export class StaffMember {
  readonly unit: string;
  readonly role: string;
  private readonly desk: Caller;

  constructor(
    readonly clientId: string,
    stack: RunningStack,
    connections = 1,
  ) {
    const access = stack.staff[clientId];
    const url = access && stack.urls.units[access.unit];
    if (!access || !url) throw new Error(`the running stack has no desk for ${clientId}`);
    this.unit = access.unit;
    this.role = access.role;
    this.desk = new Caller({ issuer: stack.urls.identity, clientId, ...access }, url, connections);
  }

  /** The most urgent request, claimed for this person; undefined when nothing waits. */
  async next(): Promise<Task | undefined> {
    const answer = await this.desk.call('/v1/queue/next', { method: 'POST', body: {} });
    return answer.status === 204 ? undefined : taskOf(done(answer));
  }

  async list(query: Readonly<Record<string, string>>): Promise<{ tasks: Task[]; queued: number }> {
    const { body } = done(await this.desk.call(`/v1/queue?${new URLSearchParams(query).toString()}`));
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
    return taskOf(done(await this.desk.call(`/v1/requests/${id}`)));
  }

  async counts(): Promise<{ byForce: Readonly<Record<string, Readonly<Record<string, number>>>> }> {
    return done(await this.desk.call('/v1/counts')).body as {
      byForce: Record<string, Record<string, number>>;
    };
  }

  /** One command on the version that was read; returns the request as it is now. */
  async act(task: Pick<Task, 'id' | 'version'>, command: string, body: object = {}): Promise<Task> {
    const headers = { 'if-match': `"${task.version}"` };
    return taskOf(
      done(await this.desk.call(`/v1/requests/${task.id}/${command}`, { method: 'POST', body, headers })),
    );
  }

  close(): void {
    this.desk.close();
  }
}

function done(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 300) return answer;
  const problem = (answer.body ?? {}) as {
    code?: string;
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  const errors = problem.errors ?? [];
  const places = errors.map(({ pointer, detail }) => ` ${pointer} ${detail}`).join(';');
  throw new NotDone(answer.status, problem.code ?? '', `${problem.detail ?? ''}${places}`);
}

/** The version is the entity tag where there is one, else the view's own. */
function taskOf({ body, headers }: Pick<HttpAnswer, 'body'> & Partial<HttpAnswer>): Task {
  const view = body as Task & { readonly sequence?: number };
  const tag = /^(?:W\/)?"(\d+)"$/.exec(String(headers?.etag ?? ''))?.[1];
  return { ...view, version: Number(tag ?? view.version ?? view.sequence) };
}
