import { Refusal, type ProblemCode } from '#contracts';
import type { PoolClient } from '#persistence';
import { decideTransition, type TransitionDecision, type TransitionRefusal } from '#requests';
import { versionChanged, type StaffCaller } from '#web';
import { isDelegate } from '../delegations/is-delegate.ts';
import { refuseStranger } from '../members/refuse-stranger.ts';
import { arrivedRequest, findTask, type TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { WorkedType } from '../worked-type.ts';
import { readChangeBody, type ChangeBody, type StaffCommand } from './change-body.ts';
import { openMilestone } from './open-milestone.ts';
import { writeChange, type Change } from './write-change.ts';

export interface ChangeRequest {
  readonly caller: StaffCaller;
  /** Request id or short reference. */
  readonly reference: string;
  readonly command: StaffCommand;
  /** From If-Match; only a claim may leave it out: the queue shows what can be claimed, and one claimer wins. */
  readonly version: number | undefined;
  readonly body: unknown;
}

const REFUSALS: Readonly<Record<TransitionRefusal, ProblemCode>> = {
  'not-for-this-role': 'not-allowed',
  'not-the-assignee': 'not-allowed',
  'not-in-this-state': 'not-in-this-state',
  'not-for-this-type': 'second-person-needed',
  'proposer-may-not-decide': 'second-person-needed',
  'no-delegated-authority': 'no-delegated-authority',
};

/**
 * Every change that staff make, through one door: the row is locked, the table of transitions decides, delegation is
 * asked in the same transaction, and the change is written with its event and log entry or not at all.
 * Refuses with 404 what the caller may not see, whether or not it is there.
 */
export async function changeRequest(unit: UnitRuntime, { caller, reference, command, version, body }: ChangeRequest): Promise<TaskView> {
  const given = readChangeBody(command, body);
  if (version === undefined && command !== 'claim')
    throw new Refusal('version-required', 'Send If-Match with the ETag of the version you read.');
  const forces = unit.forcesOf(caller);
  const changed = await unit.database.transaction(forces, async (client) => {
    const task = await findTask(client, forces, reference, { lock: true });
    if (!task) throw notFound();
    const worked = unit.typeOf(task);
    refuseUndeclared(worked, command);
    const decision = await decide(client, worked, task, caller, command, version);
    const change = await changeOf(client, unit, worked, task, caller, command, given, decision);
    const after = await writeChange(client, unit, task, change);
    if (!after) throw versionChanged();
    return after;
  });
  unit.published();
  return taskView(unit, changed);
}

/** What its declaration alone could judge. Everything else stays open, so that the request can go back to its force. */
function refuseUndeclared({ type, declared }: WorkedType, command: StaffCommand): void {
  if (declared || !['answer', 'propose', 'confirm'].includes(command)) return;
  const detail = `This unit no longer declares ${type.name} version ${type.version}, so no answer to it can be checked: decline it.`;
  throw new Refusal('unknown-type', detail);
}

/** The one shape for what is not there and for what is another force's. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'There is no such request among those you may see.');
}

async function decide(
  client: PoolClient,
  { type }: WorkedType,
  task: TaskRow,
  { person, role }: StaffCaller,
  command: StaffCommand,
  version: number | undefined,
): Promise<TransitionDecision & { readonly ok: true }> {
  const decision = decideTransition({
    command,
    state: task.state,
    decision: type.decision,
    role,
    isAssignee: task.assignee === person,
    isProposer: task.proposer === person,
    isDelegate:
      command === 'confirm' && type.decision === 'second-person-delegated' && (await isDelegate(client, task.force, person, task.type)),
  });
  // What a role may never do is said first; then that the reader is behind, for all else may be a result of it.
  if (!decision.ok && decision.code === 'not-for-this-role') throw new Refusal('not-allowed', decision.why);
  if (version !== undefined && version !== task.version) throw versionChanged(task.version);
  if (decision.ok) return decision;
  const nothingToDecide = decision.code === 'not-for-this-type' && type.decision === 'one-person';
  throw new Refusal(nothingToDecide ? 'not-in-this-state' : REFUSALS[decision.code], decision.why, { state: task.state });
}

/** What the command changes beside the state. */
async function changeOf(
  client: PoolClient,
  unit: UnitRuntime,
  worked: WorkedType,
  task: TaskRow,
  caller: StaffCaller,
  command: StaffCommand,
  body: ChangeBody,
  decision: TransitionDecision & { readonly ok: true },
): Promise<Change> {
  const byRole = caller.role;
  const change: Change = {
    decision,
    person: caller.person,
    assignee: task.assignee,
    proposer: task.proposer,
    detail: { byRole },
    reason: command,
  };
  switch (command) {
    case 'claim':
      return { ...change, assignee: caller.person };
    case 'assign':
      await refuseStranger(client, body.assignee as string, task.force);
      return { ...change, assignee: body.assignee as string };
    case 'release':
      return { ...change, assignee: null };
    case 'hold':
    case 'return':
      return { ...change, proposer: null, detail: { byRole, reason: body.reason } };
    case 'resume':
    case 'withdraw-question':
      return change;
    case 'ask':
      return { ...change, detail: { byRole, question: body.question } };
    case 'milestone': {
      const milestone = openMilestone(worked, task, body.name as string);
      return { ...change, detail: { byRole, milestone }, ...(body.note !== undefined && { note: { kind: 'note', text: body.note } }) };
    }
    case 'note':
      return { ...change, note: { kind: 'note', text: body.text as string } };
    case 'decline':
      return { ...change, detail: { byRole, reason: body.reason, belongsTo: body.belongsTo } };
    case 'propose':
      return { ...change, proposer: caller.person, proposal: validAnswer(worked, body.answer) };
    case 'answer':
      return { ...change, detail: { byRole, answer: await recordedAnswer(client, unit, task, validAnswer(worked, body.answer)) } };
    case 'confirm':
      return { ...change, detail: { byRole, answer: await recordedAnswer(client, unit, task, await proposedAnswer(client, task)) } };
  }
}

function validAnswer({ type, answer }: WorkedType, given: Record<string, unknown> | undefined): Record<string, unknown> {
  const errors = answer.faults(given, '/answer');
  if (errors.length > 0) throw new Refusal('invalid-payload', `The answer does not fit ${type.name}.`, { errors });
  return given as Record<string, unknown>;
}

/** The answer, and what the unit's own records add to it. */
async function recordedAnswer(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  answer: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { records } = unit.definition;
  if (!records?.onAnswer) return answer;
  return { ...answer, ...(await records.onAnswer(client, await arrivedRequest(client, task), answer)) };
}

/** The proposal that awaits a decision: the newest of the request. */
async function proposedAnswer(client: PoolClient, task: TaskRow): Promise<Record<string, unknown>> {
  const { rows } = await client.query<{ answer: Record<string, unknown> }>({
    name: 'proposed-answer',
    text: 'select answer from proposal where owning_force = $1 and request_id = $2 order by version desc limit 1',
    values: [task.force, task.id],
  });
  const proposal = rows[0];
  if (!proposal) throw new Error(`${task.unitReference} awaits a decision and has no proposal`);
  return proposal.answer;
}
