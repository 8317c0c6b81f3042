import { Refusal } from '#contracts';
import { milestonesOf, milestoneState } from '#requests';
import type { TaskRow } from '../task-row.ts';
import type { WorkedType } from '../worked-type.ts';

/**
 * The name of a milestone for which the request still waits. Refuses a milestone that is not declared by the
 * type, is not for this request, or is already reached.
 */
export function openMilestone({ type }: WorkedType, task: TaskRow, name: string): string {
  const state = milestoneState(task.clocks, name);
  if (state === 'open') return name;
  if (state === 'reached') {
    throw new Refusal(
      'not-in-this-state',
      `${task.unitReference} has already reached the milestone ${name}.`,
      {
        state: task.state,
      },
    );
  }
  const named = milestonesOf(type.clocks);
  const detail = named.includes(name)
    ? `No clock of ${task.unitReference} waits for the milestone ${name}.`
    : `The type ${type.name} has no milestone ${name}; its milestones: ${named.join(', ') || 'none'}.`;
  throw new Refusal('invalid-request', detail, {
    errors: [{ pointer: '/name', code: 'no-such-milestone', detail }],
  });
}
