import type { Counts, Given, HttpAnswer, StaffCommand, Task, TaskDetail, TaskVersion } from '#client';
import type { RequestType } from '#unit';
import type { RunningSystem } from './running-system.ts';

/** The staff of one unit. Each person, for example `caseworker` or `decision-maker`, has their own token. */
export class StaffSide {
  constructor(
    readonly unit: string,
    private readonly system: RunningSystem,
  ) {}

  read(id: string, who = 'caseworker'): Promise<TaskDetail> {
    return this.system.person(this.unit, who).read(id);
  }

  /** Gives a command for the given version and returns the answer, even a refusal. */
  ask<Command extends StaffCommand>(
    who: string,
    task: TaskVersion,
    command: Command,
    ...body: Given<Command>
  ): Promise<HttpAnswer> {
    return this.system.person(this.unit, who).ask(task, command, ...body);
  }

  /** Gives a command for the given version and throws when it is refused. */
  act<Command extends StaffCommand>(
    who: string,
    task: TaskVersion,
    command: Command,
    ...body: Given<Command>
  ): Promise<Task> {
    return this.system.person(this.unit, who).act(task, command, ...body);
  }

  async claim(id: string): Promise<Task> {
    return this.act('caseworker', await this.read(id), 'claim');
  }

  /** Answers a claimed request. A second person confirms the answer if the request type requires it. */
  async answer(
    task: Task,
    { decision }: RequestType,
    answer: Readonly<Record<string, unknown>>,
  ): Promise<Task> {
    if (decision === 'one-person') return this.act('caseworker', task, 'answer', { answer });
    return this.act('decision-maker', await this.act('caseworker', task, 'propose', { answer }), 'confirm');
  }

  /** Claims the most urgent request of these types. Returns undefined when none waits. */
  next(who: string, types: readonly string[]): Promise<Task | undefined> {
    return this.system.person(this.unit, who).next(types);
  }

  /** The requests that this person has claimed. */
  async listClaimed(who: string): Promise<Task[]> {
    const query = { assignee: 'me', state: 'claimed', limit: 20 } as const;
    return (await this.system.person(this.unit, who).list(query)).tasks;
  }

  async listAwaitingDecision(): Promise<Task[]> {
    const query = { state: 'awaiting-decision', limit: 50 } as const;
    return (await this.system.person(this.unit, 'decision-maker').list(query)).tasks;
  }

  counts(): Promise<Readonly<Record<string, Counts>>> {
    return this.system.person(this.unit, 'supervisor').counts();
  }
}
