import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { KEEP_MEMBER } from './member.sql.ts';

/** Keeps who called, as the token says: role and forces are those of the token that was first used last. */
export async function keepMember(unit: UnitRuntime, caller: StaffCaller): Promise<void> {
  const client = await unit.database.connect();
  try {
    await client.query({
      name: 'keep-member',
      text: KEEP_MEMBER,
      values: [caller.person, caller.name, caller.role, unit.forcesOf(caller)],
    });
  } finally {
    client.release();
  }
}
