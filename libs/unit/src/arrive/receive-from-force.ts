import {
  problemDetails,
  Refusal,
  type ForceReplied,
  type InformationAdded,
  type WithdrawalRequested,
} from '#contracts';
import { keepDeadLetters, takeIn, type PoolClient } from '#persistence';
import { decide, type TransitionDecision } from '#requests';
import { writeChanges, type Change } from '../change-request/write-change.ts';
import { lockTasks, type TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { conflictOf, type ReceivedFromForce } from './read-batch.ts';
import { refuseChange } from './refuse-change.ts';
import { takeCorrection } from './take-correction.ts';
import { takeReopening } from './take-reopening.ts';
import { settleUntaken } from './untaken-requests.ts';

/**
 * What forces say of requests after they sent them, in the order they came. The table of transitions decides on the
 * locked task: whoever came first has changed it, so a withdrawal and an answer at one moment end the same for everybody.
 * What is about no request is a dead letter.
 */
export async function receiveFromForce(
  client: PoolClient,
  unit: UnitRuntime,
  received: readonly ReceivedFromForce[],
): Promise<void> {
  if (received.length === 0) return;
  const outcomes = await takeIn(
    client,
    received.map(({ force, messageId, contentHash }) => ({ owningForce: force, messageId, contentHash })),
  );
  for (const [index, one] of received.entries()) {
    if (outcomes[index] === 'conflict') await keepDeadLetters(client, [conflictOf(one)]);
    if (outcomes[index] === 'new') await receive(client, unit, one);
  }
}

async function receive(client: PoolClient, unit: UnitRuntime, received: ReceivedFromForce): Promise<void> {
  const { force, value, message } = received;
  const [task] = await lockTasks(client, [force], [value.requestId]);
  if (!task) {
    if (await settleUntaken(client, unit, received)) return;
    const problem = problemDetails('not-found', `${force} has no request ${value.requestId} in this unit.`, {
      requestId: value.requestId,
    });
    await keepDeadLetters(client, [{ message, force, problem }]);
    return;
  }
  const decision = decide(task, received.kind, unit.typeOf(task).type.decision, { role: 'force' });
  if (received.kind === 'reply') {
    const answers = decision.ok && (await answersOpenQuestion(client, task, received.value.questionVersion));
    await writeChanges(client, unit, [
      { task, change: replied(task, answers ? decision : undefined, received.value) },
    ]);
    return;
  }
  try {
    if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { state: task.state });
    if (received.kind === 'correct') await takeCorrection(client, unit, task, decision, received.value);
    else if (received.kind === 'reopen') await takeReopening(client, unit, task, decision, received.value);
    else {
      const change =
        received.kind === 'withdraw'
          ? withdrawn(decision, received.value)
          : informed(task, decision, received.value);
      await writeChanges(client, unit, [{ task, change }]);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await refuseChange(client, unit, task, received.value.changeId, error.problem);
  }
}

/**
 * Whether the open question was asked by the version that the force answers. A force that names none answers the open question;
 * one that names a version which the request has not reached has read none of its questions.
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
    text: `select exists (
        select from event
        where owning_force = $1 and request_id = $2 and type = 'concordat.question-asked.v1' and (data ->> 'sequence')::integer > $3
      ) as late`,
    values: [task.force, task.id, questionVersion],
  });
  return rows[0]?.late === false;
}

/**
 * A reply to the open question hands the work back to its assignee; any other is kept as a note, because a force is
 * heard whatever the state.
 */
function replied(
  task: TaskRow,
  decision: (TransitionDecision & { readonly ok: true }) | undefined,
  reply: ForceReplied,
): Change {
  return {
    decision: decision ?? { ok: true, to: task.state, event: 'concordat.note-added.v1', published: false },
    person: reply.repliedBy,
    assignee: task.assignee,
    proposer: task.proposer,
    detail: {},
    note: { kind: 'reply', text: reply.message },
    reason: decision ? 'reply' : `reply while ${task.state}`,
    happenedAt: reply.repliedAt,
  };
}

/** Nobody has it in hand any more, and what was proposed is decided by nobody. */
function withdrawn(
  decision: TransitionDecision & { readonly ok: true },
  { changeId, reason, requestedAt: happenedAt, requestedBy: person }: WithdrawalRequested,
): Change {
  return {
    decision,
    person,
    assignee: null,
    proposer: null,
    detail: { changeId, reason },
    reason: 'withdraw',
    happenedAt,
  };
}

/** It stands among the notes, where who works on it reads; whoever has the request open sees that it has a newer version. */
function informed(
  { assignee, proposer }: TaskRow,
  decision: TransitionDecision & { readonly ok: true },
  { changeId, message, requestedAt, requestedBy }: InformationAdded,
): Change {
  return {
    decision,
    person: requestedBy,
    assignee,
    proposer,
    detail: { changeId },
    note: { kind: 'information', text: message },
    reason: 'inform',
    happenedAt: requestedAt,
  };
}
