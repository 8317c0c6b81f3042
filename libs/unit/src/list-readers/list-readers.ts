import type { AccessOperation } from '#persistence';
import type { StaffCaller } from '#web';
import { notFound } from '../change-request/change-request.ts';
import { findTask } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { LIST_READERS } from './list-readers.sql.ts';

/** One access to a request. */
export interface ReaderView {
  /** The person of the unit, or the credential of the force. */
  readonly person: string;
  /** The name of a person who has signed in to this unit; null for the systems of forces. */
  readonly name: string | null;
  readonly at: string;
  readonly operation: AccessOperation;
}

export interface ReadersView {
  /** False if the type is not law-enforcement processing: then readings are not logged. */
  readonly logged: boolean;
  /** The newest 200, newest first. */
  readonly items: readonly ReaderView[];
}

/**
 * Lists the people who accessed a request, from the access log. The list has nothing of the record itself,
 * so asking for it is not an access. Where readings are not logged it is empty, because the changes alone
 * would look like all readers.
 */
export async function listReaders(
  unit: UnitRuntime,
  caller: StaffCaller,
  reference: string,
): Promise<ReadersView> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const task = await findTask(client, forces, reference);
    if (!task) throw notFound();
    if (!unit.typeOf(task).type.lawEnforcement) return { logged: false, items: [] };
    const { rows } = await client.query<Omit<ReaderView, 'at'> & { readonly at: Date }>({
      name: 'list-readers',
      text: LIST_READERS,
      values: [task.force, task.id],
    });
    return { logged: true, items: rows.map((entry) => ({ ...entry, at: entry.at.toISOString() })) };
  });
}
