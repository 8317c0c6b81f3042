import { Refusal } from '#contracts';
import type { PoolClient } from '#persistence';
import type { State } from '#requests';
import { correctedPayload, replaceFields } from '#unit';
import type { RoutedType } from '../request-types/request-type.directory.ts';

type Payload = Readonly<Record<string, unknown>>;

/**
 * The payload as it will stand once the corrections under way and then this one are taken. Throws the Refusal that the unit
 * would give; the unit judges again, by where the request then is. The request's row is held by the caller.
 */
export async function soundCorrection(
  client: PoolClient,
  type: RoutedType | undefined,
  { force, requestId, state }: { readonly force: string; readonly requestId: string; readonly state: State },
  correction: Payload,
): Promise<Record<string, unknown>> {
  if (!type)
    throw new Refusal(
      'not-correctable',
      'The type of this request is no longer taken: add information instead.',
      { requestId },
    );
  const { rows } = await client.query<{ payload: Payload; underWay: readonly Payload[] }>({
    name: 'payload-to-correct',
    text: `select coalesce(
        (select payload from change_of_mind where owning_force = $1 and request_id = $2 and payload is not null order by sequence desc limit 1),
        (select payload from request where owning_force = $1 and id = $2)) as payload,
      (select coalesce(json_agg(says -> 'payload' order by requested_at, id), '[]'::json) from change_of_mind
        where owning_force = $1 and request_id = $2 and kind = 'correct' and state = 'requested') as "underWay"`,
    values: [force, requestId],
  });
  const { payload, underWay } = rows[0] as (typeof rows)[0];
  return correctedPayload(
    type.definition,
    type.check,
    { state, payload: underWay.reduce<Payload>(replaceFields, payload) },
    correction,
  );
}
