import { formatCivilDay, londonDayOf } from '#kernel';
import { counted, momentText } from '../layout/london-text.ts';
import { nameOf } from '../units/name-of.ts';
import type { ChecksAnswer, Problem, QualityCheck, UnitAnswer } from '../units/unit-api.ts';
import { forceWords } from '../work/list.view.ts';

export const OUTCOME_WORDS: Readonly<Record<NonNullable<QualityCheck['outcome']>, string>> = {
  sound: 'Sound',
  'sound-with-remarks': 'Sound, with remarks',
  'not-sound': 'Not sound',
};
const OUTCOMES = Object.keys(OUTCOME_WORDS) as (keyof typeof OUTCOME_WORDS)[];

/** The fields of the form that draws a sample, as they were typed. */
export interface TypedDraw {
  /** The unit and the type: `fleet/vehicle-repair`, or `fleet/` for every type. */
  readonly kind?: string;
  readonly count?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The fields of the form that records an outcome, as they were typed. */
export interface TypedOutcome {
  readonly outcome?: string;
  readonly remark?: string;
}

interface FormError {
  readonly text: string;
  readonly href: string;
}

/** An error beside its field, as the macros of govuk-frontend take it. */
type ErrorMessage = { readonly text: string } | undefined;

export interface DrawForm {
  readonly errors: readonly FormError[];
  readonly kinds: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  readonly count: string;
  readonly from: string;
  readonly to: string;
  readonly faults: Readonly<Record<string, ErrorMessage>>;
}

export interface CheckView {
  readonly id: string;
  readonly action: string;
  readonly href: string;
  readonly reference: string;
  readonly title: string;
  readonly subject: string;
  readonly force: string;
  readonly drawn: string;
  /** Null if somebody else must record the outcome. */
  readonly form: OutcomeForm | null;
}

interface OutcomeForm {
  readonly errors: readonly FormError[];
  readonly outcomes: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[];
  readonly outcomeFault: ErrorMessage;
  readonly remark: string;
  readonly remarkFault: ErrorMessage;
}

export interface RecordedView extends Omit<CheckView, 'form' | 'action'> {
  readonly outcome: string;
  readonly remark: string;
  readonly recorded: string;
}

export interface QualitySection {
  readonly slug: string;
  readonly title: string;
  readonly open: readonly CheckView[];
  readonly openTotal: string;
  /** True if more are open than are shown. */
  readonly openMore: boolean;
  readonly results: readonly { readonly text: string; readonly count: string; readonly share: number }[];
  readonly recordedTotal: number;
  readonly recorded: readonly RecordedView[];
}

/** A form that was refused, with its text. */
export interface RefusedOutcome {
  readonly id: string;
  readonly typed: TypedOutcome;
  readonly problem: Pick<Problem, 'detail' | 'errors'>;
}

/** A sample is usually of the last four weeks. */
const PERIOD_DAYS = 28;
const COUNT = '10';

/** The form that draws a sample; one choice names the unit and the kind of request together. */
export function drawForm(
  units: readonly UnitAnswer[],
  typed: TypedDraw | undefined,
  problem: Pick<Problem, 'detail' | 'errors'> | undefined,
): DrawForm {
  const today = londonDayOf(Date.now());
  const errors = errorsOf(
    problem,
    { '/count': 'count', '/from': 'from', '/to': 'to', '/type': 'kind' },
    'count',
  );
  const several = units.length > 1;
  const kinds = units.flatMap(({ slug, title: unit, types }) => [
    { value: `${slug}/`, text: several ? `${unit}: every kind` : 'Every kind' },
    ...types
      .filter(({ newest }) => newest)
      .map(({ name, title }) => ({ value: `${slug}/${name}`, text: several ? `${unit}: ${title}` : title })),
  ]);
  return {
    errors,
    kinds: kinds.map((kind) => ({ ...kind, selected: kind.value === typed?.kind })),
    count: typed?.count ?? COUNT,
    from: typed?.from ?? formatCivilDay(today - PERIOD_DAYS),
    to: typed?.to ?? formatCivilDay(today),
    faults: faultsBy(errors),
  };
}

export function qualitySection(
  unit: UnitAnswer,
  open: ChecksAnswer,
  recorded: ChecksAnswer,
  refused: RefusedOutcome | undefined,
): QualitySection {
  const { counts } = open;
  const recordedTotal = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  return {
    slug: unit.slug,
    title: unit.title,
    open: open.items.map((check) => ({
      ...checkView(unit, check),
      action: `/quality/${unit.slug}/${check.id}`,
      form: check.mayRecord ? outcomeForm(check, refused?.id === check.id ? refused : undefined) : null,
    })),
    openTotal: counted(counts.open, 'check'),
    openMore: open.more,
    results: OUTCOMES.map((outcome) => ({
      text: OUTCOME_WORDS[outcome],
      count: counts[outcome].toLocaleString('en-GB'),
      share: recordedTotal === 0 ? 0 : Math.round((counts[outcome] / recordedTotal) * 100),
    })),
    recordedTotal,
    recorded: recorded.items.map((check) => ({
      ...checkView(unit, check),
      outcome: check.outcome === null ? '' : OUTCOME_WORDS[check.outcome],
      remark: check.remark ?? '',
      recorded: `${nameOf(unit, check.recordedBy ?? '')}, ${momentText(check.recordedAt ?? check.drawnAt)}`,
    })),
  };
}

function checkView(unit: UnitAnswer, check: QualityCheck): Omit<CheckView, 'form' | 'action'> {
  const { request, drawnBy, drawnAt } = check;
  return {
    id: check.id,
    href: `/requests/${unit.slug}/${request.unitReference}?who=all`,
    reference: request.unitReference,
    title: request.title,
    subject: request.subject,
    force: forceWords(unit, request.force).force,
    drawn: `${nameOf(unit, drawnBy)}, ${momentText(drawnAt)}`,
  };
}

function outcomeForm({ id }: QualityCheck, refused: RefusedOutcome | undefined): OutcomeForm {
  const places = { '/outcome': `outcome-${id}`, '/remark': `remark-${id}` };
  const errors = errorsOf(refused?.problem, places, `outcome-${id}`);
  const faults = faultsBy(errors);
  return {
    errors,
    outcomes: OUTCOMES.map((value) => ({
      value,
      text: OUTCOME_WORDS[value],
      checked: refused?.typed.outcome === value,
    })),
    outcomeFault: faults[`outcome-${id}`],
    remark: refused?.typed.remark ?? '',
    remarkFault: faults[`remark-${id}`],
  };
}

/** The faults that the desk words itself, because the unit names the fields of its own API. */
const WORDS: Readonly<Record<string, string>> = {
  '/count': 'Draw 1 to 50 requests.',
  '/from': 'Choose the first day.',
  '/outcome': 'Choose an outcome.',
  '/type': 'Choose a kind from the list.',
};
const REMARK_TOO_LONG = 'The remark may have at most 2,000 characters.';

function errorsOf(
  problem: Pick<Problem, 'detail' | 'errors'> | undefined,
  places: Readonly<Record<string, string>>,
  otherwise: string,
): FormError[] {
  if (!problem) return [];
  const named = (problem.errors ?? []).flatMap(({ pointer, code, detail }): FormError[] => {
    const place = places[pointer];
    if (place === undefined) return [];
    if (pointer === '/to')
      return [{ text: code === 'period' ? detail : 'Choose the last day.', href: `#${place}` }];
    if (pointer === '/remark')
      return [
        {
          text: code === 'required' ? 'Write a remark: it says what was wrong.' : REMARK_TOO_LONG,
          href: `#${place}`,
        },
      ];
    return [{ text: WORDS[pointer] ?? detail, href: `#${place}` }];
  });
  return named.length > 0 ? named : [{ text: problem.detail, href: `#${otherwise}` }];
}

const faultsBy = (errors: readonly FormError[]): Readonly<Record<string, ErrorMessage>> =>
  Object.fromEntries(errors.map(({ text, href }) => [href.slice(1), { text }]));
