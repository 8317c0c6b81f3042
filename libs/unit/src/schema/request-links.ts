import { ownTableSql, type Migration } from '#persistence';

/**
 * Links between two requests of one force. A link is removed by a mark, because the access log names it. Both
 * indexes serve the page of a request, which shows the links from it and to it.
 */
export const REQUEST_LINKS: Migration = {
  name: '220-request-links',
  up: (role) => `
create table request_link (
  owning_force text not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null constraint request_link_kind check (kind in ('duplicate-of', 'follows', 'same-incident')),
  person text not null,
  at timestamptz not null default now(),
  removed_by text,
  removed_at timestamptz,
  primary key (owning_force, id),
  foreign key (owning_force, from_id) references request (owning_force, id),
  foreign key (owning_force, to_id) references request (owning_force, id),
  constraint request_link_removed check ((removed_by is null) = (removed_at is null)),
  constraint request_link_itself check (from_id <> to_id)
);
create unique index request_link_once on request_link (owning_force, from_id, to_id, kind) where removed_at is null;
create index request_link_back on request_link (owning_force, to_id) where removed_at is null;
${ownTableSql('request_link', role)}
`,
};
