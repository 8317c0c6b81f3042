import { STATES, type State } from '#requests';
import { STAFF_COMMANDS, type RequestType, type StaffCommand } from '#unit';
import type { StaffRole } from '#web';

type Decision = RequestType['decision'];

/**
 * The rules a second time, written independently of the table in #requests: role, states before, state after,
 * decision modes. `worker` is a caseworker or a supervisor; `own` means that the request is assigned to this
 * person; `delegated` means that this person has the authority of the chief officer whose force owns the
 * request.
 */
const ALLOWED: Readonly<Record<StaffCommand, readonly string[]>> = {
  claim: ['worker: queued > claimed'],
  assign: [
    'supervisor: queued > claimed',
    'supervisor: claimed > claimed',
    'supervisor: held > held',
    'supervisor: waiting-for-force > waiting-for-force',
    'supervisor: awaiting-decision > awaiting-decision',
  ],
  release: [
    'supervisor: claimed > queued',
    'supervisor: held > queued',
    'own caseworker: claimed > queued',
    'own caseworker: held > queued',
  ],
  hold: ['own worker: claimed > held'],
  resume: ['own worker: held > claimed'],
  ask: ['own worker: claimed > waiting-for-force'],
  'withdraw-question': [
    'supervisor: waiting-for-force > claimed',
    'own caseworker: waiting-for-force > claimed',
  ],
  milestone: [
    'own worker: claimed > claimed',
    'own worker: held > held',
    'own worker: waiting-for-force > waiting-for-force',
    'own worker: awaiting-decision > awaiting-decision',
  ],
  note: ['queued', 'claimed', 'held', 'waiting-for-force', 'awaiting-decision'].flatMap((state) => [
    `worker: ${state} > ${state}`,
    `decision-maker: ${state} > ${state}`,
  ]),
  answer: ['own worker: claimed > answered, one-person'],
  propose: [
    'own worker: claimed > awaiting-decision, second-person',
    'own worker: claimed > awaiting-decision, second-person-delegated',
  ],
  confirm: [
    'not-proposer decision-maker: awaiting-decision > answered, second-person',
    'not-proposer delegated decision-maker: awaiting-decision > answered, second-person-delegated',
  ],
  return: [
    'not-proposer decision-maker: awaiting-decision > claimed, second-person',
    'not-proposer decision-maker: awaiting-decision > claimed, second-person-delegated',
  ],
  decline: ['own worker: claimed > declined'],
};
export const ROLES: readonly StaffRole[] = [
  'caseworker',
  'supervisor',
  'decision-maker',
  'auditor',
  'administrator',
];

/** The situation of a request from the view of the person who acts. */
export interface Situation {
  readonly state: State;
  /** The request is assigned to this person. */
  readonly own: boolean;
  /** This person proposed the answer that awaits a decision. */
  readonly proposer: boolean;
  /** The owning force's chief officer has delegated decisions on this type to this person. */
  readonly delegated: boolean;
}

export interface Case {
  readonly command: StaffCommand;
  readonly role: StaffRole;
  /** The state that must follow; undefined if the command must be refused. */
  readonly to: State | undefined;
}

/**
 * Every situation. The person lacks the delegation only where it matters; elsewhere it must make no
 * difference.
 */
export function situationsOf(decision: Decision): Situation[] {
  const either = [false, true];
  return STATES.flatMap((state) =>
    (state === 'queued' ? [false] : either).flatMap((own) =>
      (state === 'awaiting-decision' ? either : [false]).flatMap((proposer) =>
        (decision === 'second-person-delegated' && state === 'awaiting-decision' ? either : [true]).map(
          (delegated) => ({
            state,
            own,
            proposer,
            delegated,
          }),
        ),
      ),
    ),
  );
}

/** Every command by every role in one situation. */
export function casesOf(situation: Situation, decision: Decision): Case[] {
  return STAFF_COMMANDS.flatMap((command) =>
    ROLES.map((role) => ({ command, role, to: expectedOf(situation, decision, command, role) })),
  );
}

function expectedOf(
  situation: Situation,
  decision: Decision,
  command: StaffCommand,
  role: StaffRole,
): State | undefined {
  for (const line of ALLOWED[command]) {
    const words = /^(own )?(not-proposer )?(delegated )?([a-z-]+): ([a-z-]+) > ([a-z-]+)(?:, (.*))?$/.exec(
      line,
    );
    if (!words) throw new Error(`not a rule: ${line}`);
    const [, own, notProposer, delegated, who, from, to, mode] = words;
    const fits =
      from === situation.state &&
      (who === role || (who === 'worker' && (role === 'caseworker' || role === 'supervisor'))) &&
      (own === undefined || situation.own) &&
      (notProposer === undefined || !situation.proposer) &&
      (delegated === undefined || situation.delegated) &&
      (mode === undefined || mode === decision);
    if (fits) return to as State;
  }
  return undefined;
}
