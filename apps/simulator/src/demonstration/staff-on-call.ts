import { Refused, StaffClient, type RunningStack, type Task } from '#client';
import { takesInsecureIssuer } from '#web';
import type { InventedWork } from '../work/invented-work.ts';
import { decide, moveOn, type Habits } from '../work/staff-at-work.ts';

const CONNECTIONS_EACH = 4;

/** The demonstration's staff. They work on the run's own requests in any order of the events. */
export class StaffOnCall {
  private readonly people: readonly StaffClient[];
  private readonly holders = new Map<string, StaffClient>();
  private turn = 0;

  constructor(
    stack: RunningStack,
    private readonly invented: InventedWork,
    private readonly habits: Habits,
  ) {
    const options = { connections: CONNECTIONS_EACH, insecureIssuer: takesInsecureIssuer(process.env) };
    this.people = Object.keys(stack.staff).map((clientId) => StaffClient.of(stack, clientId, options));
  }

  /** One member of each unit with the right to read its counts. */
  get readers(): StaffClient[] {
    return [...new Map(this.people.map((person) => [person.unit, person])).values()];
  }

  async takeUp(unit: string, requestId: string): Promise<void> {
    const caseworkers = this.of(unit, 'caseworker');
    const person = caseworkers[this.turn++ % caseworkers.length];
    if (!person) throw new Error(`${unit} has no caseworker`);
    const task = await tolerant(() => person.act({ id: requestId, version: 1 }, 'claim'));
    // Another person, such as the staff of the running simulator, was faster and keeps the request.
    if (!task) return;
    this.holders.set(requestId, person);
    await this.goOn(requestId);
  }

  /** Takes the assignee's next step: after the claim, after a reply, after a proposal was returned. */
  async goOn(requestId: string): Promise<void> {
    const person = this.holders.get(requestId);
    if (!person) return;
    const task: Pick<Task, 'id'> = { id: requestId };
    await tolerant(() => moveOn(person, task, this.invented, this.habits));
    // A hold is short here, because it only shows that the clocks pause.
    const after = await tolerant(() => person.read(requestId));
    if (after?.state === 'held') {
      await tolerant(() => moveOn(person, after, this.invented, this.habits));
      await this.goOn(requestId);
    }
  }

  async decide(unit: string, requestId: string): Promise<void> {
    for (const person of this.of(unit, 'decision-maker')) {
      const done = await tolerant(() => decide(person, { id: requestId }, this.habits).then(() => true));
      if (done) return;
    }
  }

  close(): void {
    for (const person of this.people) person.close();
  }

  private of(unit: string, role: string): StaffClient[] {
    return this.people.filter((person) => person.unit === unit && person.role === role);
  }
}

/** True if a colleague or a repeat was faster. Every other refusal is an error of the run. */
async function tolerant<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && [403, 404, 409, 412].includes(error.status)) return undefined;
    throw error;
  }
}
