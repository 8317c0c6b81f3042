import { forceEventsTopic, refuseUnpublishable, type ProblemDetails } from '#contracts';
import { newId } from '#kernel';
import { appendEvents, type PoolClient } from '#persistence';
import { changedOf } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/**
 * Notifies the force that its change was refused. The request stays as it is, version and clocks included, so
 * that staff notice only a line in the timeline. The caller has locked the task.
 */
export async function refuseChange(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  changeId: string,
  problem: ProblemDetails,
): Promise<void> {
  const data = changedOf(unit, task, { changeId, problem });
  refuseUnpublishable('concordat.change-refused.v1', data);
  await appendEvents(client, [
    {
      owningForce: task.force,
      eventId: newId(),
      requestId: task.id,
      type: 'concordat.change-refused.v1',
      time: task.at.toISOString(),
      traceparent: task.traceparent,
      topic: forceEventsTopic(task.force),
      key: task.id,
      source: unit.source,
      data,
    },
  ]);
}
