import type { WithdrawalRequested } from '#contracts';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/** Withdraws the request: nobody is assigned to it any more, and a proposed answer needs no decision. */
export async function takeWithdrawal(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision & { readonly ok: true },
  { changeId, reason, requestedAt: happenedAt, requestedBy: person }: WithdrawalRequested,
): Promise<void> {
  const detail = { changeId, reason };
  const change = { decision, person, assignee: null, proposer: null, detail, reason: 'withdraw', happenedAt };
  await writeChanges(client, unit, [{ task, change }]);
}
