import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';
import { MEMBER_NAMES } from './member.sql.ts';

/** A person and the name that the newest of their tokens gave. */
export interface NamedPerson {
  readonly person: string;
  readonly name: string;
}

/** The people of the unit whom the caller may meet in a request: they see a force that the caller sees. */
export async function memberNames(unit: UnitRuntime, caller: StaffCaller): Promise<readonly NamedPerson[]> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const { rows } = await client.query<NamedPerson>({
      name: 'member-names',
      text: MEMBER_NAMES,
      values: [forces],
    });
    return rows;
  });
}
