import { ownTableSql, type Migration } from '#persistence';
import { FIRST_OPEN_TASK_SQL } from './request-tables.ts';

/**
 * Finished tasks share one bucket, so that years of answers are a few rows; withdrawn tasks have no due
 * moment anyway.
 */
const DUE_HOUR_SQL = `case when ${FIRST_OPEN_TASK_SQL} then date_trunc('hour', due_at, 'UTC') else 'infinity' end`;

/**
 * Each connection counts in one of sixteen slots, and a count is the sum of its slots (one slot may be below
 * zero). With one slot, people who claim and answer work of one kind at the same moment would wait for each
 * other's commit.
 */
const SLOT_SQL = 'pg_backend_pid() % 16';

/**
 * Statement triggers keep the counts: `count(*)` over ten million open tasks took 1.25 s, the sum of these
 * rows less than a millisecond. Rows are locked in the order of their key, so that two batches never wait for
 * each other in a circle. `arrival_count` counts requests, not tasks, because reconciliation compares two
 * independent counts.
 */
export const QUEUE_COUNTS: Migration = {
  name: '110-queue-counts',
  up: (role) => `
create table queue_count (
  owning_force text not null,
  type text not null,
  state text not null,
  due_hour timestamptz not null,
  slot smallint not null,
  n bigint not null,
  primary key (owning_force, type, state, due_hour, slot)
);
create index queue_count_in_use on queue_count (owning_force, state, due_hour) include (type, n) where n <> 0;
${ownTableSql('queue_count', role)}

create table arrival_count (
  owning_force text not null,
  type text not null,
  n bigint not null,
  primary key (owning_force, type)
);
${ownTableSql('arrival_count', role)}

create function count_new_tasks() returns trigger language plpgsql as $$
begin
  insert into queue_count as counted (owning_force, type, state, due_hour, slot, n)
  select owning_force, type, state, ${DUE_HOUR_SQL} as due_hour, ${SLOT_SQL}, count(*) from arrived group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (owning_force, type, state, due_hour, slot) do update set n = counted.n + excluded.n;
  return null;
end $$;
create function count_changed_tasks() returns trigger language plpgsql as $$
begin
  insert into queue_count as counted (owning_force, type, state, due_hour, slot, n)
  select owning_force, type, state, due_hour, ${SLOT_SQL}, sum(difference) from (
    select owning_force, type, state, ${DUE_HOUR_SQL} as due_hour, 1 as difference from became
    union all
    select owning_force, type, state, ${DUE_HOUR_SQL}, -1 from was) as changes
  group by 1, 2, 3, 4 having sum(difference) <> 0 order by 1, 2, 3, 4
  on conflict (owning_force, type, state, due_hour, slot) do update set n = counted.n + excluded.n;
  return null;
end $$;
create function count_arrivals() returns trigger language plpgsql as $$
begin
  insert into arrival_count as counted (owning_force, type, n)
  select owning_force, type, count(*) from arrived group by 1, 2 order by 1, 2
  on conflict (owning_force, type) do update set n = counted.n + excluded.n;
  return null;
end $$;
create trigger count_new_tasks after insert on task
  referencing new table as arrived for each statement execute function count_new_tasks();
create trigger count_changed_tasks after update on task
  referencing old table as was new table as became for each statement execute function count_changed_tasks();
create trigger count_arrivals after insert on request
  referencing new table as arrived for each statement execute function count_arrivals();
`,
};
