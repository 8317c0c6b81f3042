import {
  FORCE_MESSAGES,
  problemDetails,
  Refusal,
  type ChangeKind,
  type ForceMessageKind,
  type ForwardedValue,
} from '#contracts';
import { keepDeadLetters, takeIn, type PoolClient } from '#persistence';
import { decide, type TransitionDecision } from '#requests';
import { lockTasks, type TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { conflictOf, type ReceivedFromForce } from './read-batch.ts';
import { refuseChange } from './refuse-change.ts';
import { takeCorrection } from './take-correction.ts';
import { takeInformation } from './take-information.ts';
import { takeReopening } from './take-reopening.ts';
import { takeReply } from './take-reply.ts';
import { takeWithdrawal } from './take-withdrawal.ts';
import { settleUntaken } from './untaken-requests.ts';

/**
 * Processes the messages of forces about their requests, in the order of their arrival. The table of
 * transitions decides on the locked task: of a withdrawal and an answer at the same moment, the first changes
 * the task and the second sees that change. A message about an unknown request becomes a dead letter.
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

type AllowedTransition = TransitionDecision & { readonly ok: true };
/** Processes a message about a locked task. The life cycle must allow a change; a reply is never refused. */
type MessageHandler<Kind extends ForceMessageKind> = (
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: Kind extends ChangeKind ? AllowedTransition : TransitionDecision,
  value: ForwardedValue<Kind>,
) => Promise<void>;

const HANDLERS = {
  reply: takeReply,
  withdraw: takeWithdrawal,
  inform: takeInformation,
  correct: takeCorrection,
  reopen: takeReopening,
} satisfies { readonly [Kind in ForceMessageKind]: MessageHandler<Kind> };

async function receive(client: PoolClient, unit: UnitRuntime, received: ReceivedFromForce): Promise<void> {
  const { kind, force, value, message } = received;
  const [task] = await lockTasks(client, [force], [value.requestId]);
  if (!task) {
    if (await settleUntaken(client, unit, received)) return;
    const problem = problemDetails('not-found', `${force} has no request ${value.requestId} in this unit.`, {
      requestId: value.requestId,
    });
    await keepDeadLetters(client, [{ message, force, problem }]);
    return;
  }
  const decision = decide(task, FORCE_MESSAGES[kind].command, unit.typeOf(task).type.decision, {
    role: 'force',
  });
  const handler = HANDLERS[kind] as (...given: Parameters<MessageHandler<ForceMessageKind>>) => Promise<void>;
  if (!('changeId' in value)) return handler(client, unit, task, decision, value);
  try {
    if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { state: task.state });
    await handler(client, unit, task, decision, value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await refuseChange(client, unit, task, value.changeId, error.problem);
  }
}
