/** The terms come in the order of their index, so that a batch writes each of its pages once. */
const INSERT_TERMS = `
insert into search_term (owning_force, term, id)
select force, term, id
from json_to_recordset($1) as request (force text, id uuid, terms text[])
cross join lateral unnest(terms) as term
order by force, term collate "C", id`;

/**
 * New requests have no terms yet. Without "on conflict" PostgreSQL writes less about each row to its log.
 */
export const STORE_TERMS = INSERT_TERMS;

export const ADD_TERMS = `${INSERT_TERMS}
on conflict (owning_force, term, id) do nothing`;

/** The texts of requests from which their terms were made: every payload and every answer they had. */
export const READ_TEXTS = `
select
  id,
  type,
  version as "typeVersion",
  unit_reference as "unitReference",
  force_reference as "forceReference",
  array[payload] || array(
    select payload
    from correction
    where correction.owning_force = request.owning_force
      and correction.request_id = request.id
    order by version
  ) as payloads,
  array(
    select data -> 'answer'
    from event
    where event.owning_force = request.owning_force
      and event.request_id = request.id
      and event.type = 'concordat.request-answered.v1'
  ) as answers
from request
where owning_force = any ($1)
  and id = any ($2)`;
