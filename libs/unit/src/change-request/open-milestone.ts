import { Refusal } from '#contracts';
import { milestonesOf, milestoneState } from '#requests';
import type { TaskRow } from '../task-row.ts';
import type { WorkedType } from '../worked-type.ts';

/** The milestone by its name, if the request still waits for it; refuses one that is not the type's, not its own, or behind it. */
export function openMilestone({ type }: WorkedType, task: TaskRow, name: string): string {
  const state = milestoneState(task.clocks, name);
  if (state === 'open') return name;
  if (state === 'reached') {
    throw new Refusal('not-in-this-state', `${task.unitReference} has reached ${name} already.`, {
      state: task.state,
    });
  }
  const named = milestonesOf(type.clocks);
  const detail = named.includes(name)
    ? `No clock of ${task.unitReference} waits for ${name}.`
    : `${type.name} has no such milestone; it has ${named.length > 0 ? named.join(', ') : 'none'}.`;
  throw new Refusal('invalid-request', detail, {
    errors: [{ pointer: '/name', code: 'no-such-milestone', detail }],
  });
}
