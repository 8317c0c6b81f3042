import { Refusal, type ProblemCode } from '#contracts';
import type { PoolClient } from '#persistence';
import {
  decide,
  milestonesOf,
  milestoneState,
  TRANSITIONS,
  type Transition,
  type TransitionDecision,
  type TransitionRefusal,
} from '#requests';
import type { StaffCaller } from '#web';
import { isDelegate } from '../delegations/is-delegate.ts';
import type { TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { WorkedType } from '../worked-type.ts';
import { STAFF_COMMANDS, type StaffCommand } from './change-body.ts';

/** True if the caller may give a command now; if not, `why` is the detail that the command would answer. */
export type AllowedCommand =
  | { readonly command: StaffCommand; readonly allowed: true }
  | { readonly command: StaffCommand; readonly allowed: false; readonly why: string };

/** The decision on a command, with the refusal that the command answers if it is not allowed. */
type CommandDecision =
  | (TransitionDecision & { readonly ok: true })
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** True if no version and no state would help, so that an old version need not be named first. */
      readonly always: boolean;
    };

const REFUSALS: Readonly<Record<TransitionRefusal, ProblemCode>> = {
  'not-for-this-role': 'not-allowed',
  'not-the-assignee': 'not-allowed',
  'not-in-this-state': 'not-in-this-state',
  'not-for-this-type': 'second-person-needed',
  'proposer-may-not-decide': 'second-person-needed',
  'no-delegated-authority': 'no-delegated-authority',
};

/**
 * Decides on a command by everything but its version and its body: the type's declaration, the table of
 * transitions, and the delegation of the owning force.
 */
export async function decideCommand(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  { person, role }: StaffCaller,
  command: StaffCommand,
): Promise<CommandDecision> {
  const worked = unit.typeOf(task);
  const { type } = worked;
  const undeclared = undeclaredBecause(worked, command);
  if (undeclared !== undefined)
    return { ok: false, always: true, refusal: new Refusal('unknown-type', undeclared) };
  const decision = decide(task, command, type.decision, {
    role,
    person,
    ...(command === 'confirm' &&
      type.decision === 'second-person-delegated' && {
        isDelegate: await isDelegate(client, task.force, person, task.type),
        owner: unit.servedForces.find(({ slug }) => slug === task.force)?.name ?? task.force,
      }),
  });
  if (decision.ok) return decision;
  if (decision.code === 'not-for-this-role')
    return { ok: false, always: true, refusal: new Refusal('not-allowed', decision.why) };
  const hasNoProposals = decision.code === 'not-for-this-type' && type.decision === 'one-person';
  const code = hasNoProposals ? 'not-in-this-state' : REFUSALS[decision.code];
  return {
    ok: false,
    always: false,
    refusal: new Refusal(code, decision.why, { state: task.state }),
  };
}

/**
 * Every command of staff that exists for the type's way of deciding, with the decision for this caller. The
 * commands themselves decide by the same function, so that a button and its command never disagree.
 */
export async function allowedCommands(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  caller: StaffCaller,
): Promise<AllowedCommand[]> {
  const { type } = unit.typeOf(task);
  const existing = STAFF_COMMANDS.filter((command) =>
    TRANSITIONS.some(
      (line: Transition) => line.command === command && line.decisions.includes(type.decision),
    ),
  );
  const allowed: AllowedCommand[] = [];
  for (const command of existing) {
    const decision = await decideCommand(client, unit, task, caller, command);
    const why = decision.ok
      ? command === 'milestone' && noMilestoneBecause(task)
      : decision.refusal.problem.detail;
    allowed.push(typeof why === 'string' ? { command, allowed: false, why } : { command, allowed: true });
  }
  return allowed;
}

/**
 * The reason why a command cannot be given for a type that is no longer declared. The other commands still
 * work, so that staff can decline the request.
 */
function undeclaredBecause({ type, declared }: WorkedType, command: StaffCommand): string | undefined {
  if (declared || !['answer', 'propose', 'confirm'].includes(command)) return undefined;
  return `This unit no longer declares ${type.name} version ${type.version}, so no answer can be checked: decline the request.`;
}

/** The reason why no milestone of the request can be reported; undefined if one is open. */
function noMilestoneBecause({ clocks, unitReference }: TaskRow): string | undefined {
  const states = milestonesOf(clocks).map((name) => milestoneState(clocks, name));
  if (states.includes('open')) return undefined;
  return states.length > 0
    ? `${unitReference} has already reached all of its milestones.`
    : `${unitReference} has no milestone to report.`;
}
