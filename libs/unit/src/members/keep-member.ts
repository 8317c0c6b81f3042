import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { KEEP_MEMBER } from './member.sql.ts';

/** Keeps the caller as a member, with the role and forces of their newest token. */
export async function keepMember(unit: UnitRuntime, caller: StaffCaller): Promise<void> {
  await unit.database.statement({
    name: 'keep-member',
    text: KEEP_MEMBER,
    values: [caller.person, caller.name, caller.role, unit.forcesOf(caller)],
  });
}
