import type { RecordMigration } from '#unit';

/** The tables of sites and of the closures of cells. */
export const SITE_MIGRATIONS: readonly RecordMigration[] = [
  {
    name: '001-site',
    owned: ['site', 'cell_closure'],
    up: `
create table site (
  owning_force text not null,
  code text not null,
  first_seen_at timestamptz not null,
  primary key (owning_force, code)
);
create table cell_closure (
  owning_force text not null,
  request_id uuid not null,
  site text not null,
  cell text not null,
  closed_at timestamptz not null,
  reason text not null default 'ligature-point' check (reason = 'ligature-point'),
  reopened_at timestamptz,
  primary key (owning_force, request_id),
  foreign key (owning_force, site) references site (owning_force, code)
);
create index cell_closed on cell_closure (owning_force, site, cell) where reopened_at is null;`,
  },
  {
    name: '002-requests-of-a-site',
    owned: ['site_request'],
    // Row security binds the owner of the tables too. It is lifted while earlier requests get their sites.
    up: `
create table site_request (
  owning_force text not null,
  request_id uuid not null,
  site text not null,
  kind text not null,
  at timestamptz not null,
  primary key (owning_force, request_id),
  foreign key (owning_force, site) references site (owning_force, code)
);
create index site_request_by_site on site_request (owning_force, site, kind, at);
alter table request no force row level security;
alter table site no force row level security;
insert into site_request (owning_force, request_id, site, kind, at)
select request.owning_force, request.id, site.code, request.type, request.received_at
from request
join site on site.owning_force = request.owning_force and site.code = request.payload ->> 'site';
alter table request force row level security;
alter table site force row level security;`,
  },
];
