import type { Problem, RequestAnswer } from '../units/unit-api.ts';

/** A number of an answer that the unit would not expect. */
interface Surprise {
  readonly pointer: string;
  readonly value: number;
  readonly detail: string;
}

/** The numbers of an answer outside of what the unit expects, by its own words. */
export function surprisesIn(
  cautions: RequestAnswer['cautions'],
  answer: Readonly<Record<string, unknown>>,
): Surprise[] {
  return cautions.flatMap(({ pointer, least, most, detail }) => {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (inside, name) => (inside as Readonly<Record<string, unknown>> | undefined)?.[name],
        answer,
      );
    return typeof value === 'number' && (value < least || value > most) ? [{ pointer, value, detail }] : [];
  });
}

/**
 * The mark by which a form says that its person was asked about these numbers. With another surprising number
 * the person is asked again.
 */
export const markOf = (surprises: readonly Surprise[]): string =>
  JSON.stringify(surprises.map(({ pointer, value }) => [pointer, value]));

/** The question as a fault beside each field. */
export function askAbout(surprises: readonly Surprise[]): Problem {
  return {
    status: 422,
    code: 'invalid-payload',
    title: 'Is this right?',
    detail: 'A number is unusual.',
    errors: surprises.map(({ pointer, detail }) => ({
      pointer: `/answer${pointer}`,
      code: 'Unusual',
      detail,
    })),
  };
}
