import { Refusal } from '#contracts';
import type { PoolClient } from '#persistence';
import { WORKING_ROLES } from '#requests';
import { MAY_BE_ASSIGNED } from './member.sql.ts';

/**
 * Refuses an assignee who could not open the request. The assignee must be a member of the unit with a
 * working role and a token that names the owning force. The text is the same in every case, so that it does
 * not show who is a member for other forces.
 */
export async function refuseStranger(client: PoolClient, assignee: string, force: string): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>({
    name: 'may-be-assigned',
    text: MAY_BE_ASSIGNED,
    values: [assignee, WORKING_ROLES, force],
  });
  if (rows[0]?.known === true) return;
  const detail = `This person cannot get the request: choose a ${WORKING_ROLES.join(' or ')} who has signed in to this unit with the right to see ${force}.`;
  throw new Refusal('invalid-request', detail, {
    errors: [{ pointer: '/assignee', code: 'not-a-member', detail }],
  });
}
