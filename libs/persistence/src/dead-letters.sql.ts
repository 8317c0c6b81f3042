/**
 * The values are arrays and not JSON: bytes stay bytes, and no character of a hostile message has a meaning
 * here.
 */
export const KEEP_DEAD_LETTERS = `
insert into dead_letter (
  owning_force, id, topic, partition, "offset", key, headers, value, reason, problem
)
select f, i, t, p, o, k, h::json, v, r, b::json
from unnest(
  $1::text[], $2::uuid[], $3::text[], $4::integer[], $5::bigint[],
  $6::bytea[], $7::text[], $8::bytea[], $9::text[], $10::text[]
) as letter (f, i, t, p, o, k, h, v, r, b)
on conflict (owning_force, topic, partition, "offset") do nothing`;

export const NEWEST_DEAD_LETTERS = `
select owning_force as "owningForce", id, topic, partition, "offset"::text as "offset", reason,
  problem, kept_at as "keptAt", coalesce(octet_length(value), 0) as bytes
from dead_letter
order by kept_at desc
limit $1`;
