import type { CorrectionRequested } from '#contracts';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import { correctedPayload } from '../correct-payload.ts';
import { arrivedRequests, type TaskRow } from '../task-row.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { KEEP_CORRECTION } from './arrive.sql.ts';

/**
 * Applies a force's correction of its request. The corrected payload is kept beside the submitted one, the
 * request keeps its assignee, and a person who has it open sees that it has a newer version. Throws a Refusal
 * if a field cannot be corrected (any more). The caller has locked the task.
 */
export async function takeCorrection(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision & { readonly ok: true },
  {
    changeId,
    payload: correction,
    reason,
    requestedAt: happenedAt,
    requestedBy: person,
  }: CorrectionRequested,
): Promise<void> {
  const { type, payload: check } = unit.typeOf(task);
  const [request] = (await arrivedRequests(client, [task])) as [ArrivedRequest];
  const payload = correctedPayload(type, check, { state: task.state, payload: request.payload }, correction);
  const { assignee, proposer } = task;
  const detail = { changeId, reason, payload };
  await writeChanges(client, unit, [
    { task, change: { decision, person, assignee, proposer, detail, reason: 'correct', happenedAt } },
  ]);
  await client.query({
    name: 'keep-correction',
    text: KEEP_CORRECTION,
    values: [
      task.force,
      changeId,
      task.id,
      task.version + 1,
      JSON.stringify(correction),
      JSON.stringify(payload),
      reason,
      person,
      task.at,
    ],
  });
}
