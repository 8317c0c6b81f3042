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
  readonly form: boolean;
}

/** The commands in the order of the bar. */
const WORDS: Readonly<Record<StaffCommand, CommandWords>> = {
  claim: { text: () => 'Claim', form: false },
  answer: { text: () => 'Answer', form: true },
  propose: { text: () => 'Propose an answer', form: true },
  confirm: { text: () => 'Confirm the answer', form: true },
  return: { text: () => 'Return it', form: true },
  resume: { text: () => 'Go on with it', form: false },
  ask: { text: (force) => `Ask ${force}`, form: true },
  'withdraw-question': { text: () => 'Withdraw the question', form: false },
  hold: { text: () => 'Hold', form: true },
  milestone: { text: () => 'Milestone', form: true },
  note: { text: () => 'Add a note', form: true },
  assign: { text: () => 'Assign', form: true },
  release: { text: () => 'Put back', form: false },
  decline: { text: () => 'Decline', form: true },
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

/** The reasons why a person may not do what others may, in the words of the unit. */
export function refusalsOf(request: RequestAnswer): string[] {
  return [...new Set(request.allowed.flatMap((one) => (one.allowed ? [] : [one.why])))];
}

export const isCommand = (command: string): command is StaffCommand => Object.hasOwn(WORDS, command);
export const hasForm = (command: string): command is StaffCommand =>
  isCommand(command) && WORDS[command].form;
