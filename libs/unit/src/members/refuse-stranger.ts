import { Refusal } from '#contracts';
import type { PoolClient } from '#persistence';
import { WORKING_ROLES } from '#requests';
import { MAY_BE_ASSIGNED } from './member.sql.ts';

/**
 * Refuses an assignee who could not open the request: work goes only to a member of the unit whose role works requests
 * and whose own token names the owning force. One sentence for all of them: who is a member for other forces is not told.
 */
export async function refuseStranger(client: PoolClient, assignee: string, force: string): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>({
    name: 'may-be-assigned',
    text: MAY_BE_ASSIGNED,
    values: [assignee, WORKING_ROLES, force],
  });
  if (rows[0]?.known === true) return;
  const detail = `Assign to whoever has signed in to this unit as ${WORKING_ROLES.join(' or ')} with the right to see ${force}.`;
  throw new Refusal('invalid-request', detail, {
    errors: [{ pointer: '/assignee', code: 'not-a-member', detail }],
  });
}
