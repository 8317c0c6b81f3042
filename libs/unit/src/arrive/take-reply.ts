import type { ForceReplied } from '#contracts';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { QUESTION_ASKED_LATER } from './take-reply.sql.ts';

/**
 * Takes a reply. A reply to the open question hands the work back to its assignee. Any other is kept as a note,
 * because a force is heard in every state. The task is locked by the caller.
 */
export async function takeReply(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision,
  { message, questionVersion, repliedAt: happenedAt, repliedBy: person }: ForceReplied,
): Promise<void> {
  const answered = decision.ok && (await answersOpenQuestion(client, task, questionVersion));
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
 * Whether the open question was asked by the version that the force answers. A reply without a version answers the
 * open question. A version that the request has not reached had no question that the force could have read.
 */
async function answersOpenQuestion(
  client: PoolClient,
  task: TaskRow,
  questionVersion: number | undefined,
): Promise<boolean> {
  if (questionVersion === undefined) return true;
  if (questionVersion > task.version) return false;
  const { rows } = await client.query<{ late: boolean }>({
    name: 'question-asked-later',
    text: QUESTION_ASKED_LATER,
    values: [task.force, task.id, questionVersion],
  });
  return rows[0]?.late === false;
}
