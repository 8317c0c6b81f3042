import type { Request } from '#client';
import { answerForm, type FormField, type FormPart } from '../request/answer-form.ts';
import type { Schema } from '../units/unit-api.ts';
import type { ForceCommand } from './force.view.ts';

/** The words and fields of a message of a force. */
export interface ForceForm {
  readonly title: string;
  readonly help: string;
  readonly submit: string;
  readonly parts: readonly FormPart[];
}

const longText = (path: string, label: string): FormField => ({
  ...{ path, label, hint: undefined, required: true, widget: 'long-text', max: 4_000 },
});

/** The form of a message. A correction has the fields that the type lets a force correct. */
export function forceForm(command: ForceCommand, payload: Schema): ForceForm {
  switch (command) {
    case 'reply':
      return {
        title: 'Reply to the question',
        help: 'The unit gets the reply at once, and its clocks run again.',
        submit: 'Send the reply',
        parts: [longText('message', 'Reply')],
      };
    case 'inform':
      return {
        title: 'Add information',
        help: 'The staff who work on the request read it.',
        submit: 'Send the information',
        parts: [longText('message', 'Information')],
      };
    case 'withdraw':
      return {
        title: 'Withdraw the request',
        help: 'The unit stops working on it, unless it has been answered meanwhile.',
        submit: 'Withdraw the request',
        parts: [longText('reason', 'Reason')],
      };
    case 'reopen':
      return {
        title: 'Reopen the request',
        help: 'The unit works on it again if that is still in time.',
        submit: 'Reopen the request',
        parts: [longText('reason', 'Why the answer is not enough')],
      };
    case 'correct':
      return {
        title: 'Correct the request',
        help: 'Change the fields that are wrong. Fields that are not here cannot be corrected: add information instead.',
        submit: 'Send the correction',
        parts: [...answerForm(correctable(payload)), longText('reason', 'Reason')],
      };
  }
}

function correctable({ properties = {}, required = [] }: Schema): Schema {
  const own = Object.entries(properties).filter(([, field]) => 'x-correctable' in field);
  return {
    properties: Object.fromEntries(own),
    required: required.filter((name) => own.some(([one]) => one === name)),
  };
}

/** The fields whose value differs from the request as it is; null removes an optional field. */
export function correctedFields(
  request: Pick<Request, 'payload'>,
  payload: Schema,
  typed: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const now: Readonly<Record<string, unknown>> = request.payload;
  const names = Object.keys(correctable(payload).properties ?? {});
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = typed[name] ?? null;
      return isSame(value, now[name] ?? null) ? [] : [[name, value] as const];
    }),
  );
}

/** A form shows moments by the minute, so a moment that nobody changed comes back without its seconds. */
function isSame(typed: unknown, stored: unknown): boolean {
  if (JSON.stringify(typed) === JSON.stringify(stored)) return true;
  return isMoment(typed) && isMoment(stored) && minuteOf(typed) === minuteOf(stored);
}

const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
const minuteOf = (moment: string): number => Math.floor(Date.parse(moment) / 60_000);
