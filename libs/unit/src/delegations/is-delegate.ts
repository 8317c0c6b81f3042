import type { PoolClient } from '#persistence';

/** True when the owning force's chief officer lets this person decide requests of this type today (London's day). */
export async function isDelegate(
  client: PoolClient,
  force: string,
  person: string,
  requestType: string,
): Promise<boolean> {
  const { rows } = await client.query<{ delegated: boolean }>({
    name: 'is-delegate',
    text: `select exists (
             select from delegation join agreement on agreement.id = delegation.agreement_id and agreement.edition = delegation.edition
             where delegation.owning_force = $1 and delegation.person = $2 and delegation.request_type = $3
               and agreement.status = 'live' and $1 = any (agreement.participants)
               and today.day between agreement.valid_from and coalesce(agreement.valid_to, 'infinity')
               and today.day between delegation.valid_from and coalesce(delegation.valid_to, 'infinity')) as delegated
           from (select (now() at time zone 'Europe/London')::date as day) as today`,
    values: [force, person, requestType],
  });
  return rows[0]?.delegated === true;
}
