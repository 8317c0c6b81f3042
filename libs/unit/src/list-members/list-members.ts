import { WORKING_ROLES } from '#requests';
import type { StaffCaller, StaffRole } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { LIST_MEMBERS } from './list-members.sql.ts';

/** A person to whom requests of a force can be assigned. */
export interface MemberView {
  /** The assignee to name in `assign`. */
  readonly person: string;
  readonly name: string;
  readonly role: StaffRole;
}

/**
 * Lists the people to whom `assign` can give requests of this force, by name; undefined if the caller may not
 * see the force.
 */
export async function listMembers(
  unit: UnitRuntime,
  caller: StaffCaller,
  force: string,
): Promise<readonly MemberView[] | undefined> {
  const forces = unit.forcesOf(caller);
  if (!forces.includes(force)) return undefined;
  return unit.database.transaction([force], async (client) => {
    const { rows } = await client.query<MemberView>({
      name: 'list-members',
      text: LIST_MEMBERS,
      values: [WORKING_ROLES, force],
    });
    return rows;
  });
}
