import type { PoolClient } from '#persistence';
import { IS_DELEGATE } from './delegation.sql.ts';

/**
 * Returns whether the owning force's chief officer lets this person decide requests of this type today, in
 * London.
 */
export async function isDelegate(
  client: PoolClient,
  force: string,
  person: string,
  requestType: string,
): Promise<boolean> {
  const { rows } = await client.query<{ delegated: boolean }>({
    name: 'is-delegate',
    text: IS_DELEGATE,
    values: [force, person, requestType],
  });
  return rows[0]?.delegated === true;
}
