import { describe, expect, it } from '@jest/globals';
import type { Problem, UnitType } from '../units/unit-api.ts';
import { formView } from './form.view.ts';

const type = {
  answer: {
    properties: {
      decidedAs: { type: 'string', enum: ['force-crime-registrar', 'deputy'], title: 'Decided as' },
      grounds: { type: 'string', maxLength: 2_000, title: 'Grounds' },
    },
    required: ['decidedAs'],
  },
  milestones: [],
} as unknown as UnitType;

const problem: Problem = {
  ...{ status: 422, code: 'invalid-answer', title: 'The answer is not valid', detail: 'See errors.' },
  errors: [
    {
      ...{ pointer: '/answer/decidedAs', code: 'missing' },
      detail: 'decidedAs is missing; it must be one of force-crime-registrar, deputy',
    },
    { pointer: '/answer/elsewhere', code: 'odd', detail: 'the record has changed' },
  ],
};
const parts = { command: 'answer', force: 'North Police', type, members: [], typed: {} };

describe('the form of a command', () => {
  it('names faults by the labels and words that a person sees, and leads to the field', () => {
    const { errors } = formView({ ...parts, problem }) ?? { errors: [] };
    expect(errors).toEqual([
      {
        text: 'Choose an answer: Decided as',
        href: '#f-decidedAs',
      },
    ]);
  });

  it('shows a refusal that belongs to no field', () => {
    const refused = { ...problem, errors: [], detail: 'Somebody else has it.' };
    const view = formView({ ...parts, problem: refused });
    expect(view?.errors).toEqual([{ text: 'Somebody else has it.', href: '#form-answer' }]);
  });

  it('keeps everything that was typed', () => {
    const typed = { 'field/decidedAs': 'deputy', 'field/grounds': 'Two records <b>' };
    const view = formView({ ...parts, typed, problem });
    const [choice, grounds] = view?.sections[0]?.widgets ?? [];
    expect(choice?.params['items']).toContainEqual({ value: 'deputy', text: 'Deputy', checked: true });
    expect(grounds?.params['value']).toBe('Two records <b>');
  });

  it('says what the force sees, before anything is sent', () => {
    expect(formView({ ...parts, command: 'note', problem: undefined })?.help).toContain('Only the staff');
    expect(formView({ ...parts, command: 'ask', problem: undefined })).toMatchObject({
      ...{ title: 'Ask North Police', submit: 'Ask North Police' },
    });
    expect(formView({ ...parts, command: 'claim', problem: undefined })).toBeUndefined();
  });
});
