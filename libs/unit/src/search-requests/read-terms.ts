import type { PoolClient } from '#persistence';
import type { UnitRuntime } from '../unit-runtime.ts';
import { changedTerms, requestTerms } from './request-terms.ts';
import { READ_TEXTS } from './search-term.sql.ts';
import type { SearchTerm } from './searched-fields.ts';

interface TextsRow {
  readonly id: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly unitReference: string;
  readonly forceReference: string;
  /** The submitted payload, then the payload after each correction. */
  readonly payloads: readonly Readonly<Record<string, unknown>>[];
  readonly answers: readonly Readonly<Record<string, unknown>>[];
}

/** Makes the terms of stored requests from all their texts, with the fields in which they are. */
export async function readTerms(
  client: PoolClient,
  unit: UnitRuntime,
  forces: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SearchTerm[]>> {
  const { rows } = await client.query<TextsRow>({
    name: 'search-texts',
    text: READ_TEXTS,
    values: [forces, ids],
  });
  return new Map(
    rows.map(({ id, payloads, answers, ...request }) => [
      id,
      [
        ...requestTerms(unit, request),
        ...payloads.toReversed().flatMap((payload) => changedTerms(unit, { ...request, payload })),
        ...answers.flatMap((answer) => changedTerms(unit, { ...request, answer })),
      ],
    ]),
  );
}
