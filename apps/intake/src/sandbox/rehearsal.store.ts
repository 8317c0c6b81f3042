import type { PoolClient } from '#persistence';
import type { Heard, Rehearsal } from './rehearsal.ts';
import type { Played } from './play.ts';

/** Brings what the force says before the sandbox, in the caller's transaction, which holds the request's row of `progress`. */
export async function hear(
  client: PoolClient,
  force: string,
  requestId: string,
  heard: Heard,
): Promise<void> {
  await client.query({
    name: 'rehearsal-hear',
    text: 'update rehearsal set heard = heard || $3::jsonb, due_at = now() where owning_force = $1 and request_id = $2',
    values: [force, requestId, JSON.stringify([heard])],
  });
}

/**
 * The requests that are due, locked: what another replica has in hand is left to it. Two statements, so that the second sees
 * what whoever held the lock before has written.
 */
export async function dueRehearsals(client: PoolClient, force: string, limit: number): Promise<Rehearsal[]> {
  const locked = await client.query<{ request_id: string }>({
    name: 'rehearsals-lock',
    text: `select request_id from rehearsal join progress using (owning_force, request_id)
      where owning_force = $1 and due_at <= now() order by due_at limit $2 for update of progress skip locked`,
    values: [force, limit],
  });
  if (locked.rows.length === 0) return [];
  const { rows } = await client.query<Rehearsal>({
    name: 'rehearsals-due',
    text: `select request.id as "requestId", request.owning_force as force, request.reference, request.type, request.version, request.unit,
        'TST-' || to_char(received_at at time zone 'Europe/London', 'YY') || '-' || lpad(number::text, greatest(6, length(number::text)), '0') as "unitReference",
        payload, received_at as "receivedAt", traceparent, progress.state, progress.sequence, progress.reason,
        case when progress.question is not null then json_build_object('text', progress.question, 'version', progress.asked_version) end as question, scenario, step,
        coalesce(step_at <= now(), false) as "stepDue", rehearsal.clocks, heard, date_trunc('milliseconds', now()) as at
      from unnest($2::uuid[]) as locked (id)
        join request on request.owning_force = $1 and request.id = locked.id
        join progress on progress.owning_force = $1 and progress.request_id = locked.id
        join rehearsal on rehearsal.owning_force = $1 and rehearsal.request_id = locked.id
      where due_at <= now() order by due_at`,
    values: [force, locked.rows.map(({ request_id }) => request_id)],
  });
  return rows;
}

/** Notes how far each was played; `nextMs` says how long until its next line, null for never. */
export async function keepPlayed(
  client: PoolClient,
  force: string,
  played: readonly (Pick<Played, 'step' | 'clocks'> & {
    readonly requestId: string;
    readonly nextMs: number | null | 'as-before';
  })[],
): Promise<void> {
  const rows = played.map(({ requestId, step, clocks, nextMs }) => {
    const asBefore = nextMs === 'as-before';
    return { request_id: requestId, step, clocks, as_before: asBefore, next_ms: asBefore ? null : nextMs };
  });
  await client.query({
    name: 'rehearsals-keep',
    text: `with played as materialized (
        select item.*, case when as_before then step_at else now() + next_ms * interval '1 millisecond' end as next_at
        from json_to_recordset($2) as item (request_id uuid, step integer, clocks json, as_before boolean, next_ms float8)
          join rehearsal on rehearsal.owning_force = $1 and rehearsal.request_id = item.request_id
      )
      update rehearsal set step = played.step, clocks = played.clocks, heard = '[]', step_at = next_at, due_at = next_at
      from played where rehearsal.owning_force = $1 and rehearsal.request_id = played.request_id`,
    values: [force, JSON.stringify(rows)],
  });
}

/** Milliseconds until something is due, below zero when it is overdue; null when nothing will be by itself. */
export async function untilNextDue(client: PoolClient, force: string): Promise<number | null> {
  const { rows } = await client.query<{ ms: number }>({
    name: 'rehearsals-next',
    text: `select extract(epoch from due_at - clock_timestamp())::float8 * 1000 as ms from rehearsal
      where owning_force = $1 and due_at is not null order by due_at limit 1`,
    values: [force],
  });
  return rows[0]?.ms ?? null;
}
