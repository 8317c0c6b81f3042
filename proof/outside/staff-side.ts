import type { Counts, HttpAnswer, Task, TaskVersion } from '#client';
import type { RequestType } from '#unit';
import type { RunningSystem } from './running-system.ts';

/** All the staff of one unit, each person with their own token: `caseworker`, `decision-maker` and so on. */
export class StaffSide {
  constructor(
    readonly unit: string,
    private readonly system: RunningSystem,
  ) {}

  read(id: string, who = 'caseworker'): Promise<Task> {
    return this.system.person(this.unit, who).read(id);
  }

  /** Gives one command on the version given, and returns the answer as it came. */
  ask(who: string, task: TaskVersion, command: string, body: object = {}): Promise<HttpAnswer> {
    return this.system.person(this.unit, who).ask(task, command, body);
  }

  /** Gives one command that must be done. */
  act(who: string, task: TaskVersion, command: string, body: object = {}): Promise<Task> {
    return this.system.person(this.unit, who).act(task, command, body);
  }

  async claim(id: string): Promise<Task> {
    return this.act('caseworker', await this.read(id), 'claim');
  }

  /** Answers a claimed request; a second person confirms where the type wants one. */
  async answer(
    task: Task,
    { decision }: RequestType,
    answer: Readonly<Record<string, unknown>>,
  ): Promise<Task> {
    if (decision === 'one-person') return this.act('caseworker', task, 'answer', { answer });
    return this.act('decision-maker', await this.act('caseworker', task, 'propose', { answer }), 'confirm');
  }

  /** The most urgent request of these types, claimed; undefined when nothing waits. */
  next(who: string, types: readonly string[]): Promise<Task | undefined> {
    return this.system.person(this.unit, who).next(types);
  }

  /** The requests that this person has in hand. */
  async mine(who: string): Promise<Task[]> {
    const query = { assignee: 'me', state: 'claimed', limit: '20' };
    return (await this.system.person(this.unit, who).list(query)).tasks;
  }

  async waitingForDecision(): Promise<Task[]> {
    const query = { state: 'awaiting-decision', limit: '50' };
    return (await this.system.person(this.unit, 'decision-maker').list(query)).tasks;
  }

  counts(): Promise<Readonly<Record<string, Counts>>> {
    return this.system.person(this.unit, 'supervisor').counts();
  }
}
