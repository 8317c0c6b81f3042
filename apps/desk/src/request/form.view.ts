import { toLondon } from '#kernel';
import type { TypedFields } from '../drafts/unsent-texts.store.ts';
import { answerForm, isGroup, type FormField, type FormPart } from './answer-form.ts';
import type { FieldCondition } from './field-rules.ts';
import { FIELD_PREFIX } from './posted-answer.ts';
import type { Member, Problem, UnitType } from '../units/unit-api.ts';

/** A widget of a form, with the parameters of its govuk-frontend macro. */
export interface Widget {
  readonly macro: 'input' | 'textarea' | 'radios' | 'checkboxes' | 'select';
  readonly params: Readonly<Record<string, unknown>>;
}

export interface FormSection {
  readonly legend: string | null;
  readonly hint: string | null;
  /** The attributes by which the script shows a group only when its rules allow it. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly widgets: readonly Widget[];
}

/** The form of a command. */
export interface FormView {
  readonly command: string;
  readonly title: string;
  readonly help: string;
  readonly submit: string;
  readonly kind: 'primary' | 'warning';
  readonly sections: readonly FormSection[];
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  /** Where a ready-made text may be inserted: the id of the first long text. */
  readonly textField: string | null;
  readonly answers: boolean;
  /** See `markOf` in cautions.ts. */
  readonly asked: string | null;
}

export interface FormParts {
  readonly command: string;
  readonly force: string;
  readonly type: UnitType | undefined;
  readonly members: readonly Member[];
  readonly typed: TypedFields;
  readonly problem: Problem | undefined;
  /** True if the fields have the proposal that was returned. */
  readonly returned?: boolean;
  readonly asked?: string | undefined;
}

interface Words {
  readonly title: (force: string) => string;
  readonly help: (force: string) => string;
  readonly submit: (force: string) => string;
}

const WORDS: Readonly<Record<string, Words>> = {
  answer: {
    title: () => 'Answer',
    help: (force) => `${force} gets this answer at once. You cannot change it afterwards.`,
    submit: () => 'Send the answer',
  },
  propose: {
    title: () => 'Propose an answer',
    help: (force) => `A second person decides. ${force} gets the answer when that person confirms it.`,
    submit: () => 'Propose this answer',
  },
  confirm: {
    title: () => 'Confirm the answer',
    help: (force) =>
      `You decide for ${force}, in the name of its chief officer. ${force} gets the answer at once.`,
    submit: () => 'Confirm and send the answer',
  },
  return: {
    title: () => 'Return the proposal',
    help: () => 'The request goes back to the person who has it. Say what should change.',
    submit: () => 'Return the proposal',
  },
  ask: {
    title: (force) => `Ask ${force}`,
    help: (force) => `${force} gets the question at once. The clocks that may pause stop until it replies.`,
    submit: (force) => `Ask ${force}`,
  },
  hold: {
    title: () => 'Put on hold',
    help: (force) => `${force} sees the reason. The clocks that may pause stop until you go on.`,
    submit: () => 'Put on hold',
  },
  milestone: {
    title: () => 'Record a milestone',
    help: (force) =>
      `${force} is notified of the milestone, and its clock is met. Your note stays inside the unit.`,
    submit: () => 'Record the milestone',
  },
  note: {
    title: () => 'Add a note',
    help: () => 'Only the staff of this unit see notes.',
    submit: () => 'Add the note',
  },
  assign: {
    title: () => 'Assign',
    help: () => 'You can choose people of this unit who may see the records of this force.',
    submit: () => 'Assign',
  },
  decline: {
    title: () => 'Decline',
    help: (force) => `${force} sees the reason and where the request belongs, so that it can send it there.`,
    submit: () => 'Decline the request',
  },
};

const RETURNED = 'The form has the answer that was returned. Change it, then propose it again.';

export function formView(parts: FormParts): FormView | undefined {
  const { command, force, problem } = parts;
  const words = WORDS[command];
  if (!words) return undefined;
  const fields = partsOfCommand(parts);
  if (fields.length === 0 && command !== 'confirm') return undefined;
  const errors = errorsOf(parts, fields);
  const textField = fields
    .flatMap((part) => (isGroup(part) ? part.fields : [part]))
    .find(({ widget }) => widget === 'long-text');
  return {
    command,
    title: words.title(force),
    help: parts.returned === true ? `${RETURNED} ${words.help(force)}` : words.help(force),
    submit: words.submit(force),
    kind: command === 'decline' ? 'warning' : 'primary',
    sections: sectionsOf(fields, parts, errors),
    errors:
      errors.size > 0 || !problem
        ? [...errors].map(([path, text]) => ({ text, href: `#${idOf(path)}` }))
        : [{ text: problem.detail, href: `#form-${command}` }],
    textField: textField ? idOf(textField.path) : null,
    asked: parts.asked ?? null,
    answers: command === 'answer' || command === 'propose' || command === 'confirm',
  };
}

/** The parts of the command's form: the fields of its body, or those of the answer. */
export function partsOfCommand({
  command,
  type,
  members,
}: Pick<FormParts, 'command' | 'type' | 'members'>): FormPart[] {
  const field = (path: string, label: string, more: Partial<FormField> = {}): FormField => ({
    ...{ path, label, hint: undefined, required: true, widget: 'long-text', max: 4_000 },
    ...more,
  });
  switch (command) {
    case 'answer':
    case 'propose':
      return type ? answerForm(type.answer) : [];
    case 'ask':
      return [field('question', 'Question')];
    case 'hold':
      return [field('reason', 'Reason', { hint: 'For example: the part arrives on Friday.' })];
    case 'return':
      return [field('reason', 'What should change')];
    case 'note':
      return [field('text', 'Note')];
    case 'decline':
      return [
        field('reason', 'Reason'),
        field('belongsTo', 'Where it belongs', {
          widget: 'text',
          max: 200,
          hint: 'For example: the landlord.',
        }),
      ];
    case 'assign':
      return [
        field('assignee', 'Give it to', {
          widget: 'choice',
          choices: members.map(({ person, name, role }) => ({
            value: person,
            text: `${name} (${role.replaceAll('-', ' ')})`,
          })),
        }),
      ];
    case 'milestone':
      return [
        field('name', 'Milestone', {
          widget: 'choice',
          choices: (type?.milestones ?? []).map(({ name, title }) => ({ value: name, text: title })),
        }),
        field('note', 'Note', { required: false, hint: 'The force does not see this.' }),
      ];
    default:
      return [];
  }
}

export const isAnswer = (command: string): boolean => command === 'answer' || command === 'propose';

/** The name of a field in the posted form; the fields of an answer have a prefix of their own. */
export const nameOf = (path: string): string => `${FIELD_PREFIX}${path}`;
const idOf = (path: string): string => `f-${path.replaceAll('/', '-')}`;

/** The widgets of a form with what was typed, and its faults in the words of its fields. */
export function filledForm(
  fields: readonly FormPart[],
  typed: TypedFields,
  problem: Problem | undefined,
): { readonly sections: readonly FormSection[]; readonly errors: FormView['errors'] } {
  const errors = errorsOf({ problem }, fields);
  return {
    sections: sectionsOf(fields, { typed }, errors),
    errors:
      errors.size > 0 || !problem
        ? [...errors].map(([path, text]) => ({ text, href: `#${idOf(path)}` }))
        : [{ text: problem.detail, href: '#form' }],
  };
}

function sectionsOf(
  fields: readonly FormPart[],
  parts: Pick<FormParts, 'typed'>,
  errors: ReadonlyMap<string, string>,
): FormSection[] {
  const sections: FormSection[] = [];
  for (const part of fields) {
    if (isGroup(part)) {
      sections.push({
        legend: part.required ? part.legend : `${part.legend} (optional)`,
        hint: part.hint ?? null,
        attributes: attributesOf(part),
        widgets: part.fields.map((field) => widgetOf(field, parts.typed, errors)),
      });
      continue;
    }
    const last = sections.at(-1);
    const widget = widgetOf(part, parts.typed, errors);
    if (last?.legend === null)
      sections[sections.length - 1] = { ...last, widgets: [...last.widgets, widget] };
    else sections.push({ legend: null, hint: null, attributes: {}, widgets: [widget] });
  }
  return sections;
}

const RADIOS_MAX = 5;

function widgetOf(field: FormField, typed: TypedFields, errors: ReadonlyMap<string, string>): Widget {
  const { path, hint, required, choices = [] } = field;
  const label = required ? field.label : `${field.label} (optional)`;
  const value = typed[nameOf(path)];
  const text = typeof value === 'string' ? value : '';
  const error = errors.get(path);
  const common = {
    id: idOf(path),
    idPrefix: idOf(path),
    name: nameOf(path),
    formGroup: { attributes: attributesOf(field) },
    ...(hint !== undefined && { hint: { text: hint } }),
    ...(error !== undefined && { errorMessage: { text: error } }),
  };
  const legend = { fieldset: { legend: { text: label } } };
  const input = (classes: string, more: object = {}): Widget => ({
    macro: 'input',
    params: { ...common, label: { text: label }, value: text, classes, ...more },
  });
  switch (field.widget) {
    case 'text':
      return input('govuk-!-width-two-thirds', { attributes: { maxlength: String(field.max ?? 200) } });
    case 'pounds':
      return input('govuk-input--width-10', {
        inputmode: 'decimal',
        spellcheck: false,
        prefix: { text: '£' },
      });
    case 'number':
      return input('govuk-input--width-10', { inputmode: 'decimal', spellcheck: false });
    case 'date':
      return input('govuk-input--width-10', { type: 'date' });
    case 'moment':
      return input('govuk-!-width-one-third', { type: 'datetime-local', value: localMoment(text) });
    case 'long-text':
    case 'lines': {
      const lines = field.widget === 'lines' ? { hint: { text: `${hint ?? ''} One per line.`.trim() } } : {};
      return {
        macro: 'textarea',
        params: {
          ...common,
          ...lines,
          label: { text: label },
          value: text,
          rows: field.widget === 'lines' ? 3 : 5,
        },
      };
    }
    case 'yes-no':
      return {
        macro: 'radios',
        params: {
          ...common,
          ...legend,
          classes: 'govuk-radios--inline govuk-radios--small',
          items: [
            { value: 'yes', text: 'Yes', checked: text === 'yes' },
            { value: 'no', text: 'No', checked: text === 'no' },
          ],
        },
      };
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [text];
      const items = choices.map((choice) => ({ ...choice, checked: chosen.includes(choice.value) }));
      return {
        macro: 'checkboxes',
        params: { ...common, ...legend, classes: 'govuk-checkboxes--small', items },
      };
    }
    case 'choice': {
      if (choices.length <= RADIOS_MAX) {
        const items = choices.map((choice) => ({ ...choice, checked: choice.value === text }));
        return { macro: 'radios', params: { ...common, ...legend, classes: 'govuk-radios--small', items } };
      }
      const items = [{ value: '', text: 'Choose' }, ...choices].map((choice) => ({
        ...choice,
        selected: choice.value === text,
      }));
      return { macro: 'select', params: { ...common, label: { text: label }, items } };
    }
  }
}

/**
 * The rules of a field for the script: it hides a field that must be left out, and marks one that is needed
 * by leaving out "(optional)". Without the script every field is there, and the unit checks the answer.
 */
function attributesOf(part: FormPart): Readonly<Record<string, string>> {
  const { neededWhen = [], refusedWhen = [] } = part.rules ?? {};
  const text = (conditions: readonly FieldCondition[]): string =>
    JSON.stringify(conditions.map(({ field, value, is }) => ({ name: nameOf(field), value, is })));
  return {
    ...(neededWhen.length > 0 && {
      'data-needed-when': text(neededWhen),
      'data-label': isGroup(part) ? part.legend : part.label,
    }),
    ...(refusedWhen.length > 0 && { 'data-refused-when': text(refusedWhen) }),
  };
}

/** Text that was typed is a wall time already; a moment from a record is turned into one. */
function localMoment(text: string): string {
  if (!/(?:Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  return new Date(toLondon(Date.parse(text))).toISOString().slice(0, 16);
}

/**
 * The unit's faults by the path of their field, in the words of the form. A fault of a field that the form
 * does not have is shown with the first field.
 */
function errorsOf({ problem }: Pick<FormParts, 'problem'>, parts: readonly FormPart[]): Map<string, string> {
  const known = parts.flatMap((part) => (isGroup(part) ? [part, ...part.fields] : [part]));
  const errors = new Map<string, string>();
  for (const { pointer, detail } of problem?.errors ?? []) {
    const path = pointer.replace(/^\/(?:answer\/|payload\/)?/, '');
    const part =
      known.find((one) => one.path === path) ??
      known.find((one) => path.startsWith(`${one.path}/`)) ??
      known[0];
    if (part !== undefined && !errors.has(part.path)) errors.set(part.path, inFormWords(detail, part));
  }
  // The summary has the order of the form, in which a person goes through it.
  const order = known.map((part) => part.path);
  return new Map([...errors].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

/** The widgets in which a person chooses. */
const CHOSEN: readonly FormField['widget'][] = ['choice', 'yes-no', 'choices'];

/** Replaces the names and values that programs write by the label and the words of the form. */
function inFormWords(detail: string, part: FormPart): string {
  const label = isGroup(part) ? part.legend : part.label;
  if (/^\S+ is missing\b/.test(detail) && !isGroup(part))
    return CHOSEN.includes(part.widget) ? `Choose an answer: ${label}` : `Fill this in: ${label}`;
  if (!isGroup(part) && part.widget === 'pounds') return `Give an amount such as 312.50: ${label}`;
  const name = part.path.slice(part.path.lastIndexOf('/') + 1);
  const choices = isGroup(part) ? [] : (part.choices ?? []);
  const worded = choices.reduce(
    (text, { value, text: words }) =>
      text.replaceAll(new RegExp(`(?<![\\w-])${value}(?![\\w-])`, 'g'), words),
    detail.startsWith(name) ? `${label}${detail.slice(name.length)}` : detail,
  );
  return worded.charAt(0).toUpperCase() + worded.slice(1);
}
