import type { UnitRuntime } from '../unit-runtime.ts';
import { termsOfFields, type SearchTerm } from './searched-fields.ts';
import { codeOf } from './searched-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The part of a request from which its terms are made. */
export interface RequestTexts {
  readonly type: string;
  readonly typeVersion: number;
  readonly unitReference: string;
  readonly forceReference: string;
  readonly payload?: Fields | undefined;
  readonly answer?: Fields | undefined;
}

/**
 * All terms of a request, each once. A type that is no longer declared has only its references, because
 * nobody knows which of its fields may be searched.
 */
export function requestTerms(unit: UnitRuntime, request: RequestTexts): SearchTerm[] {
  const terms = [
    { term: codeOf(request.unitReference), title: 'Reference' },
    { term: codeOf(request.forceReference), title: "Force's reference" },
    ...changedTerms(unit, request),
  ].filter(({ term }) => term !== '');
  return [...new Map(terms.toReversed().map((one) => [one.term, one])).values()].reverse();
}

/** The terms that a correction or an answer brings. Terms of earlier values stay. */
export function changedTerms(
  unit: UnitRuntime,
  request: Pick<RequestTexts, 'type' | 'typeVersion' | 'payload' | 'answer'>,
): SearchTerm[] {
  const worked = unit.typeOf(request);
  const { payload, answer } = request;
  return [
    ...(payload === undefined ? [] : termsOfFields(worked.payload.schema, payload)),
    ...(answer === undefined ? [] : termsOfFields(worked.answer.schema, answer)),
    ...(answer === undefined ? [] : addedTerms(worked.type.records?.hooks.searchedAnswer ?? {}, answer)),
  ];
}

/** The codes that the unit's records add to an answer, such as a certificate number. */
function addedTerms(titles: object, answer: Fields): SearchTerm[] {
  return Object.entries(titles as Readonly<Record<string, string | undefined>>).flatMap(([name, title]) => {
    const given = answer[name];
    const term = typeof given === 'string' ? codeOf(given) : '';
    return term === '' || title === undefined ? [] : [{ term, title }];
  });
}
