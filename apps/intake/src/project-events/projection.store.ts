import { Refusal, type Envelope, type RequestChanged } from '#contracts';
import { isUuid, newId } from '#kernel';
import type { PoolClient } from '#persistence';
import { impossibleBecause, type KnownState, type State } from '#requests';

/**
 * Moves requests on by what units say of them, and writes the feed. The highest sequence wins, however the changes
 * come; each stands in the feed. A question stands while the unit waits for the force, and the reason of a hold while it
 * is held: a milestone on the way repeats neither. That the question has a reply counts for that question alone: when the
 * unit takes it back, or asks another, there is none yet. A refused change moves nothing; it settles what the force wanted,
 * as the change that was made does. The payload that a correction made is kept with it, whatever comes before or after.
 * `$3` is the topic on which they are still to be published; null for what came from there.
 */
const PROJECT = `
with item as materialized (
  select * from json_to_recordset($1) as item (
    n integer, event_id uuid, type text, time timestamptz, trace text, source text, request_id uuid, unit text, unit_reference text, state text,
    sequence integer, question text, reason text, belongs_to text, answer json, clocks json, change_id uuid, problem json, payload json, reopen_until date, data json)
), ours as materialized (
  select item.* from item join request on request.owning_force = $2 and request.id = item.request_id and request.unit = item.unit
), latest as materialized (
  select distinct on (request_id) * from (
    select ours.*,
      (array_agg(sequence) filter (where type = 'concordat.question-asked.v1') over of_request)[1] as asked_sequence,
      (array_agg(question) filter (where type = 'concordat.question-asked.v1') over of_request)[1] as asked_question,
      (array_agg(reason) filter (where type = 'concordat.request-held.v1') over of_request)[1] as held_reason,
      (array_agg(clocks) filter (where clocks is not null) over of_request)[1] as newest_clocks
    from ours
    window of_request as (partition by request_id order by sequence desc, n desc rows between unbounded preceding and unbounded following)
  ) as in_order where problem is null order by request_id, sequence desc, n desc
), moved as (
  update progress set
    state = latest.state, sequence = latest.sequence, unit_reference = latest.unit_reference,
    reason = case when latest.state = 'held' then coalesce(latest.reason, latest.held_reason, progress.reason) else latest.reason end,
    belongs_to = latest.belongs_to, answer = latest.answer, reopen_until = latest.reopen_until, clocks = coalesce(latest.newest_clocks, progress.clocks),
    question = case when latest.state = 'waiting-for-force' then coalesce(latest.question, latest.asked_question, progress.question) end,
    asked_version = case when latest.state = 'waiting-for-force' then greatest(latest.asked_sequence, progress.asked_version) end,
    replied = latest.state = 'waiting-for-force' and progress.state = 'waiting-for-force' and progress.replied
      and coalesce(latest.asked_sequence <= progress.sequence, true),
    updated_at = date_trunc('milliseconds', now())
  from latest
  where progress.owning_force = $2 and progress.request_id = latest.request_id and progress.sequence < latest.sequence
), settled as (
  update change_of_mind set state = case when ours.problem is null then 'done' else 'refused' end, problem = ours.problem, settled_at = ours.time,
    payload = ours.payload, sequence = case when ours.problem is null then ours.sequence end
  from ours where change_of_mind.owning_force = $2 and change_of_mind.id = ours.change_id
    and change_of_mind.request_id = ours.request_id and change_of_mind.state = 'requested'
), noticed as (
  update progress set updated_at = date_trunc('milliseconds', now()), reason = coalesce((
      select problem ->> 'detail' from ours
      where type = 'concordat.request-not-taken.v1' and ours.request_id = progress.request_id and progress.state = 'accepted' limit 1), reason)
  where owning_force = $2 and request_id in (select request_id from ours where problem is not null)
    and request_id not in (select request_id from latest)
), told as (
  insert into event (owning_force, event_id, request_id, type, time, traceparent, topic, key, source, data)
  select $2, event_id, request_id, type, time, trace, $3::text, case when $3::text is not null then request_id::text end,
    source, data from ours order by n
)
select n from item where (n in (select n from ours)) is not true
`;

/**
 * Returns the places of changes that are of no request of the force and unit. With a topic they are published there as well:
 * what intake says itself, in the place of a unit.
 */
export async function projectChanges(
  client: PoolClient,
  force: string,
  changes: readonly Envelope<RequestChanged>[],
  publishOn: string | null = null,
): Promise<number[]> {
  const { rows } = await client.query<{ n: number }>({
    name: 'project-changes',
    text: PROJECT,
    values: [JSON.stringify(changes.map(rowOf)), force, publishOn],
  });
  return rows.map(({ n }) => n);
}

function rowOf({ id, type, time, traceparent, source, value }: Envelope<RequestChanged>, n: number): object {
  return {
    n,
    event_id: isUuid(id) ? id : newId(),
    type,
    time,
    trace: traceparent ?? null,
    source,
    request_id: value.requestId,
    unit: value.unit,
    unit_reference: value.unitReference,
    state: value.state,
    sequence: value.sequence,
    question: value.question ?? null,
    reason: value.reason ?? null,
    belongs_to: value.belongsTo ?? null,
    answer: value.answer ?? null,
    clocks: value.clocks ?? null,
    change_id: value.changeId ?? null,
    problem: value.problem ?? null,
    // Of nothing but a correction: another kind of change that brought one would change what the force sent.
    payload: type === 'concordat.request-corrected.v1' ? (value.payload ?? null) : null,
    reopen_until: value.reopenUntil ?? null,
    data: value,
  };
}

/**
 * Throws the refusal of a change that cannot follow what its request is known to be, walked in the order they came. The
 * progress rows stay locked for the projection. A change of another unit's request is left to it.
 */
export async function refuseImpossible(
  client: PoolClient,
  force: string,
  changes: readonly Envelope<RequestChanged>[],
): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    unit: string;
    state: State | 'accepted';
    sequence: number;
  }>({
    name: 'standing-of-requests',
    text: `select progress.request_id as id, request.unit, progress.state, progress.sequence
           from progress join request on request.owning_force = progress.owning_force and request.id = progress.request_id
           where progress.owning_force = $1 and progress.request_id = any ($2) order by progress.request_id for no key update of progress`,
    values: [force, [...new Set(changes.map(({ value }) => value.requestId).filter(isUuid))]],
  });
  const standing = new Map<string, KnownState>(
    rows.map(({ id, unit, state, sequence }) => [
      `${unit} ${id}`,
      { state: state === 'accepted' ? null : state, sequence },
    ]),
  );
  for (const { type, value } of changes) {
    const key = `${value.unit} ${value.requestId}`;
    const known = standing.get(key);
    if (!known) continue;
    const told = { event: type, state: value.state as State, sequence: value.sequence };
    const why = impossibleBecause(known, told);
    if (why !== undefined) throw new Refusal('not-in-this-state', why, { requestId: value.requestId });
    if (told.sequence > known.sequence && value.problem === undefined) standing.set(key, told);
  }
}
