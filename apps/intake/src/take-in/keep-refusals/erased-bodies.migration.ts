import type { Migration } from '#persistence';

/**
 * The body of a refusal may be erased once. Nothing else of it may change: its time, its reason and the hash
 * of the message stay.
 */
export const ERASED_BODIES: Migration = {
  name: 'intake-erased-bodies',
  up: (applicationRole) => `
alter table refusal add column body_hash text, add column body_erased_at timestamptz;
create index refusal_with_body on refusal (owning_force, refused_at) where body_erased_at is null;
create or replace function only_a_body_is_erased() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.body_erased_at is null and new.body_erased_at is not null and new.body_hash is not null
    and new.body is null and new.bytes is null and new.headers is null
    and to_jsonb(new) - '{body,bytes,headers,body_hash,body_erased_at}'::text[]
      = to_jsonb(old) - '{body,bytes,headers,body_hash,body_erased_at}'::text[] then
    return new;
  end if;
  raise exception 'a refusal is append-only, but for the erasure of its body' using errcode = '23514';
end $$;
drop trigger rows_are_never_changed on refusal;
create trigger only_a_body_is_erased before update or delete on refusal for each row execute function only_a_body_is_erased();
grant update (body, bytes, headers, body_hash, body_erased_at) on refusal to ${applicationRole};
`,
};
