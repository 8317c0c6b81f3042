import type { InformationAdded } from '#contracts';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/**
 * Keeps information as a note for the people who work on the request. A person who has the request open sees
 * that it has a newer version.
 */
export async function takeInformation(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision & { readonly ok: true },
  { changeId, message: text, requestedAt: happenedAt, requestedBy: person }: InformationAdded,
): Promise<void> {
  const { assignee, proposer } = task;
  const note = { kind: 'information', text } as const;
  const change = {
    decision,
    person,
    assignee,
    proposer,
    detail: { changeId },
    note,
    reason: 'inform',
    happenedAt,
  };
  await writeChanges(client, unit, [{ task, change }]);
}
