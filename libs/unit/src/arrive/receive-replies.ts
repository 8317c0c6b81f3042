import { problemDetails } from '#contracts';
import { keepDeadLetters, takeIn, type PoolClient } from '#persistence';
import { decideTransition, type TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import { lockTasks, type TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { conflictOf, type ReceivedReply } from './read-batch.ts';

/**
 * What forces answered. A reply that the unit waits for hands the work back to who asked; any other is kept as a note
 * on its request, for a force that writes to us is heard whatever the state. One without a request is a dead letter.
 */
export async function receiveReplies(client: PoolClient, unit: UnitRuntime, replies: readonly ReceivedReply[]): Promise<void> {
  if (replies.length === 0) return;
  const outcomes = await takeIn(
    client,
    replies.map(({ force, messageId, contentHash }) => ({ owningForce: force, messageId, contentHash })),
  );
  for (const [index, reply] of replies.entries()) {
    if (outcomes[index] === 'conflict') await keepDeadLetters(client, [conflictOf(reply)]);
    if (outcomes[index] === 'new') await receiveReply(client, unit, reply);
  }
}

async function receiveReply(client: PoolClient, unit: UnitRuntime, { force, value, message }: ReceivedReply): Promise<void> {
  const [task] = await lockTasks(client, [force], [value.requestId]);
  if (!task) {
    const problem = problemDetails('not-found', `${force} has no request ${value.requestId} in this unit.`, { requestId: value.requestId });
    await keepDeadLetters(client, [{ message, force, problem }]);
    return;
  }
  const { decision: mode } = unit.typeOf(task).type;
  const decision = decideTransition({
    command: 'reply',
    state: task.state,
    decision: mode,
    role: 'force',
    isAssignee: false,
    isProposer: false,
  });
  const change = {
    decision: decision.ok ? decision : keptAsNote(task),
    person: value.repliedBy,
    assignee: task.assignee,
    proposer: task.proposer,
    detail: {},
    note: { kind: 'reply', text: value.message },
    reason: decision.ok ? 'reply' : `reply while ${task.state}`,
  } as const;
  await writeChanges(client, unit, [{ task, change }]);
}

/** No transition: the request stays as it is, and who works on it finds the text among the notes. */
function keptAsNote(task: TaskRow): TransitionDecision & { readonly ok: true } {
  return { ok: true, to: task.state, event: 'concordat.note-added.v1', published: false };
}
