import type { PoolClient } from '#persistence';
import type { State } from '#requests';
import { RELATED_MAX } from '../related-max.ts';
import { subjectOf } from '../subject.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { RELATED_REQUESTS } from './read-request.sql.ts';

/** Another request of the same force about the same thing. */
export interface RelatedView {
  /** The short reference. */
  readonly reference: string;
  readonly type: string;
  readonly title: string;
  /** The line that says what it is about. */
  readonly subject: string;
  readonly state: State;
  /** The moment the force sent it. */
  readonly at: string;
  readonly summary: string;
}

interface RelatedColumns {
  readonly id: string;
  readonly reference: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly state: State;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The requests that the unit's records relate to this one, newest first. */
export async function relatedTo(
  client: PoolClient,
  unit: UnitRuntime,
  request: ArrivedRequest,
): Promise<RelatedView[]> {
  const found = (await unit.records.related(client, request)).filter(
    ({ requestId }) => requestId !== request.id,
  );
  if (found.length === 0) return [];
  const summaries = new Map(found.map(({ requestId, summary }) => [requestId, summary]));
  const { rows } = await client.query<RelatedColumns>({
    name: 'related-requests',
    text: RELATED_REQUESTS,
    values: [request.owningForce, [...summaries.keys()]],
  });
  return rows.slice(0, RELATED_MAX).map(({ id, typeVersion, at, payload, ...related }) => {
    const { type } = unit.typeOf({ type: related.type, typeVersion });
    return {
      ...related,
      title: type.title,
      subject: subjectOf(type, payload),
      at: at.toISOString(),
      summary: summaries.get(id) ?? '',
    };
  });
}
