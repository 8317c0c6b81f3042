import type { ForceReplied } from '#contracts';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/**
 * Processes a reply. A reply to the open question returns the request to its assignee. Any other reply is
 * kept as a note, because no words of a force are lost. The caller has locked the task.
 */
export async function takeReply(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision,
  { message, questionVersion, repliedAt: happenedAt, repliedBy: person }: ForceReplied,
): Promise<void> {
  const answered = decision.ok && answersOpenQuestion(task, questionVersion);
  const { assignee, proposer, state } = task;
  const change = {
    decision: answered
      ? decision
      : ({ ok: true, to: state, event: 'concordat.note-added.v1', published: false } as const),
    ...{ person, assignee, proposer, detail: {}, happenedAt },
    note: { kind: 'reply', text: message } as const,
    reason: answered ? 'reply' : `reply while ${state}`,
  };
  await writeChanges(client, unit, [{ task, change }]);
}

/**
 * Returns whether a reply belongs to the open question. A reply without a version answers the open question.
 * A force cannot have read a version that the request has not reached.
 */
function answersOpenQuestion({ question, version }: TaskRow, questionVersion: number | undefined): boolean {
  if (questionVersion === undefined) return true;
  return question !== null && questionVersion >= question.version && questionVersion <= version;
}
