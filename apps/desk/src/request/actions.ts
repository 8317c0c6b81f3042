import type { StaffCommand } from '#client';
import type { RequestAnswer, UnitType } from '../units/unit-api.ts';

/** A command as a button. Commands without text to type are posted at once; the others open a form. */
export interface Action {
  readonly command: string;
  readonly text: string;
  readonly kind: 'primary' | 'secondary';
  readonly form: boolean;
}

interface CommandWords {
  readonly text: (force: string) => string;
  /** The noun phrase after "You cannot". */
  readonly verb: string;
  readonly form: boolean;
}

/** The commands in the order of the bar. */
const WORDS: Readonly<Record<StaffCommand, CommandWords>> = {
  claim: { text: () => 'Claim', verb: 'claim it', form: false },
  answer: { text: () => 'Answer', verb: 'answer it', form: true },
  propose: { text: () => 'Propose an answer', verb: 'propose an answer', form: true },
  confirm: { text: () => 'Confirm the answer', verb: 'confirm the answer', form: true },
  return: { text: () => 'Return it', verb: 'return the proposal', form: true },
  resume: { text: () => 'Go on with it', verb: 'go on with it', form: false },
  ask: { text: (force) => `Ask ${force}`, verb: 'ask the force', form: true },
  'withdraw-question': { text: () => 'Withdraw the question', verb: 'withdraw the question', form: false },
  hold: { text: () => 'Hold', verb: 'hold it', form: true },
  milestone: { text: () => 'Milestone', verb: 'record a milestone', form: true },
  note: { text: () => 'Add a note', verb: 'add a note', form: true },
  assign: { text: () => 'Assign', verb: 'assign it', form: true },
  release: { text: () => 'Put back', verb: 'put it back into the queue', form: false },
  decline: { text: () => 'Decline', verb: 'decline it', form: true },
};

const PRIMARY: readonly string[] = ['claim', 'answer', 'propose', 'confirm', 'resume'];

/** The buttons of a request, from what the unit says this person may do. */
export function actionsOf(request: RequestAnswer, type: UnitType | undefined, force: string): Action[] {
  const allowed = new Set(request.allowed.flatMap((one) => (one.allowed ? [one.command] : [])));
  return (Object.keys(WORDS) as StaffCommand[]).flatMap((command): Action[] => {
    const { text, form } = WORDS[command];
    if (!allowed.has(command) || (command === 'milestone' && !type?.milestones.length)) return [];
    return [{ command, text: text(force), kind: PRIMARY.includes(command) ? 'primary' : 'secondary', form }];
  });
}

/** The reasons why a person may not do what others may. */
export function refusalsOf(request: RequestAnswer): string[] {
  return request.allowed.flatMap((one) =>
    one.allowed ? [] : [`You cannot ${WORDS[one.command].verb}: ${one.why}`],
  );
}

export const isCommand = (command: string): command is StaffCommand => Object.hasOwn(WORDS, command);
export const hasForm = (command: string): command is StaffCommand =>
  isCommand(command) && WORDS[command].form;
