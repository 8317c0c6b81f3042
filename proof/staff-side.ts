import type { HttpAnswer } from '../apps/simulator/src/attach/json-http.ts';
import type { RequestType } from '#unit';
import { expectStatus } from './force-side.ts';
import type { RunningSystem } from './running-system.ts';

/** A task as its unit shows it to staff. */
export interface TaskSeen {
  readonly id: string;
  readonly force: string;
  readonly forceReference: string;
  readonly type: string;
  readonly state: string;
  readonly version: number;
  readonly assignee: string | null;
}

export type Counts = Readonly<Record<string, number>>;

/** One unit's staff, each person with their own token, through the unit's public API. */
export class StaffSide {
  constructor(
    readonly unit: string,
    private readonly system: RunningSystem,
  ) {}

  async read(
    id: string,
    who = 'caseworker',
  ): Promise<TaskSeen & { readonly notes: readonly { kind: string; text: string }[] }> {
    return expectStatus(200, await this.system.staff(this.unit, who).call(`/v1/requests/${id}`))
      .body as Awaited<ReturnType<StaffSide['read']>>;
  }

  /** One command on the version given; the answer as it came. */
  ask(
    who: string,
    { id, version }: Pick<TaskSeen, 'id' | 'version'>,
    command: string,
    body: object = {},
  ): Promise<HttpAnswer> {
    const headers = { 'if-match': `"${version}"` };
    return this.system
      .staff(this.unit, who)
      .call(`/v1/requests/${id}/${command}`, { method: 'POST', body, headers });
  }

  /** One command that must be done. */
  async act(
    who: string,
    task: Pick<TaskSeen, 'id' | 'version'>,
    command: string,
    body: object = {},
  ): Promise<TaskSeen> {
    return expectStatus(200, await this.ask(who, task, command, body)).body as TaskSeen;
  }

  async claim(id: string): Promise<TaskSeen> {
    return this.act('caseworker', await this.read(id), 'claim');
  }

  /** The answer of a claimed request; a second person confirms where the type wants one. */
  async answer(
    task: TaskSeen,
    { decision }: RequestType,
    answer: Readonly<Record<string, unknown>>,
  ): Promise<TaskSeen> {
    if (decision === 'one-person') return this.act('caseworker', task, 'answer', { answer });
    return this.act('decision-maker', await this.act('caseworker', task, 'propose', { answer }), 'confirm');
  }

  /** The most urgent request of these types, claimed; undefined when nothing waits. */
  async next(who: string, types: readonly string[]): Promise<TaskSeen | undefined> {
    const answer = await this.system
      .staff(this.unit, who)
      .call('/v1/queue/next', { method: 'POST', body: { types } });
    return answer.status === 204 ? undefined : (expectStatus(200, answer).body as TaskSeen);
  }

  /** What this person has in hand. */
  mine(who: string): Promise<TaskSeen[]> {
    return this.queue(who, 'assignee=me&state=claimed&limit=20');
  }

  waitingForDecision(): Promise<TaskSeen[]> {
    return this.queue('decision-maker', 'state=awaiting-decision&limit=50');
  }

  async counts(): Promise<Readonly<Record<string, Counts>>> {
    const { body } = expectStatus(200, await this.system.staff(this.unit, 'supervisor').call('/v1/counts'));
    return (body as { byForce: Record<string, Counts> }).byForce;
  }

  private async queue(who: string, query: string): Promise<TaskSeen[]> {
    const { body } = expectStatus(200, await this.system.staff(this.unit, who).call(`/v1/queue?${query}`));
    return (body as { groups: { items: TaskSeen[] }[] }).groups.flatMap(({ items }) => items);
  }
}
