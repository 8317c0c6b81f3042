import { Refusal } from '#contracts';
import { newId } from '#kernel';
import { recordAccess, type PoolClient } from '#persistence';
import type { State } from '#requests';
import type { StaffCaller } from '#web';
import { notFound } from '../change-request/change-request.ts';
import { subjectOf } from '../subject.ts';
import { findTask, type TaskRow } from '../task-row.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { ADD_LINK, LINKS_OF, REMOVE_LINK } from './link-requests.sql.ts';

/** The ways in which one request stands to another. */
export const LINK_KINDS = ['duplicate-of', 'follows', 'same-incident'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A link as the page of one of its two requests shows it. */
export interface LinkView {
  readonly id: string;
  readonly kind: LinkKind;
  /** True if it leads from this request to the other. */
  readonly outgoing: boolean;
  readonly person: string;
  readonly at: string;
  /** The short reference of the other request. */
  readonly reference: string;
  readonly title: string;
  readonly subject: string;
  readonly state: State;
}

interface LinkRow extends Omit<LinkView, 'at' | 'title' | 'subject'> {
  readonly at: Date;
  readonly type: string;
  readonly typeVersion: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Links a request to another one of the same force. The same link again changes nothing. */
export async function linkRequests(
  unit: UnitRuntime,
  caller: StaffCaller,
  { reference, to, kind }: { readonly reference: string; readonly to: string; readonly kind: LinkKind },
): Promise<readonly LinkView[]> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const [task, other] = await Promise.all([
      findTask(client, forces, reference),
      findTask(client, forces, to),
    ]);
    if (!task) throw notFound();
    // The same words for a request of another force as for one that does not exist.
    if (other?.force !== task.force || other.id === task.id) throw notLinkable();
    const values = [task.force, newId(), task.id, other.id, kind, caller.person];
    const { rowCount } = await client.query({ name: 'add-link', text: ADD_LINK, values });
    if (rowCount === 1)
      await recordCombination(client, unit, caller, task.force, [task, other], `link: ${kind}`);
    return linksOf(client, unit, task);
  });
}

/** Removes a link of a request. */
export async function unlinkRequests(
  unit: UnitRuntime,
  caller: StaffCaller,
  { reference, id }: { readonly reference: string; readonly id: string },
): Promise<readonly LinkView[]> {
  const forces = unit.forcesOf(caller);
  return unit.database.transaction(forces, async (client) => {
    const task = await findTask(client, forces, reference);
    if (!task) throw notFound();
    const values = [task.force, id, task.id, caller.person];
    const { rowCount } = await client.query({ name: 'remove-link', text: REMOVE_LINK, values });
    if (rowCount !== 1) throw new Refusal('not-found', 'This request has no such link.');
    await recordCombination(client, unit, caller, task.force, [task], 'link removed');
    return linksOf(client, unit, task);
  });
}

/** The links of a request in both directions, newest first. */
export async function linksOf(
  client: PoolClient,
  unit: UnitRuntime,
  { force, id }: Pick<TaskRow, 'force' | 'id'>,
): Promise<LinkView[]> {
  const { rows } = await client.query<LinkRow>({ name: 'links-of', text: LINKS_OF, values: [force, id] });
  return rows.map(({ at, type, typeVersion, payload, ...link }) => {
    const { type: declared } = unit.typeOf({ type, typeVersion });
    return {
      id: link.id,
      kind: link.kind,
      outgoing: link.outgoing,
      person: link.person,
      at: at.toISOString(),
      reference: link.reference,
      title: declared.title,
      subject: subjectOf(declared, payload),
      state: link.state,
    };
  });
}

function notLinkable(): Refusal {
  const detail =
    'Give the reference of another request of the same force in this unit. A request cannot be linked to itself.';
  return new Refusal('invalid-request', detail, {
    errors: [{ pointer: '/to', code: 'not-linkable', detail }],
  });
}

/** Linking law-enforcement records is a combination (Data Protection Act 2018, section 62). */
async function recordCombination(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  owningForce: string,
  tasks: readonly TaskRow[],
  reason: string,
): Promise<void> {
  await recordAccess(
    client,
    tasks
      .filter((task) => unit.typeOf(task).type.lawEnforcement)
      .map(({ id }) => ({
        owningForce,
        person: caller.person,
        service: unit.definition.slug,
        operation: 'combination',
        requestId: id,
        reason,
      })),
  );
}
