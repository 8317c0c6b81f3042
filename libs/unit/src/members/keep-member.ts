import type { StaffCaller } from '#web';
import type { UnitRuntime } from '../unit-runtime.ts';

/** Keeps who called, as the token says: role and forces are those of the token that was first used last. */
export async function keepMember(unit: UnitRuntime, caller: StaffCaller): Promise<void> {
  const client = await unit.database.connect();
  try {
    await client.query({
      name: 'keep-member',
      text: `insert into member (person, name, role, forces, last_seen) values ($1, $2, $3, $4, clock_timestamp())
             on conflict (person) do update
               set name = excluded.name, role = excluded.role, forces = excluded.forces, last_seen = excluded.last_seen`,
      values: [caller.person, caller.name, caller.role, unit.forcesOf(caller)],
    });
  } finally {
    client.release();
  }
}
