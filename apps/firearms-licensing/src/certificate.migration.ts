import type { RecordMigration } from '#unit';

/** Adds the holder to each certificate, and keeps every row that a renewal or a variation replaces. */
const CERTIFICATE_HOLDERS: RecordMigration = {
  name: '002-certificate-holder',
  owned: ['certificate_before'],
  up: `
alter table certificate add holder text, add holder_born_on date;
create table certificate_before (
  owning_force text not null,
  number text not null,
  replaced_by uuid not null,
  replaced_at timestamptz not null default now(),
  kind text not null,
  starts_on date not null,
  expires_on date not null,
  guns integer,
  conditions json not null,
  granted_by uuid not null,
  holder text,
  holder_born_on date,
  primary key (owning_force, number, replaced_by, replaced_at)
);
-- Row security binds the owner of the tables too: it is lifted from it while each certificate is given its holder, once.
alter table certificate no force row level security;
alter table request no force row level security;
alter table correction no force row level security;
update certificate set holder = granted.payload ->> 'applicant', holder_born_on = (granted.payload ->> 'bornOn')::date
from (
  select owning_force, id, coalesce((
    select correction.payload from correction
    where correction.owning_force = request.owning_force and correction.request_id = request.id
    order by version desc limit 1), payload) as payload
  from request
) as granted
where granted.owning_force = certificate.owning_force and granted.id = certificate.granted_by;
alter table certificate force row level security;
alter table request force row level security;
alter table correction force row level security;`,
};

/** The tables of applications and certificates. */
export const CERTIFICATE_MIGRATIONS: readonly RecordMigration[] = [
  {
    name: '001-certificate',
    owned: ['application', 'certificate'],
    up: `
create table application (
  owning_force text not null,
  request_id uuid not null,
  kind text not null,
  certificate_number text,
  received_on date not null,
  old_expires_on date,
  old_extended_until date,
  decision text check (decision in ('granted', 'refused')),
  departs_from_guidance boolean,
  reasons text,
  fee_pence bigint check (fee_pence >= 0),
  decided_at timestamptz,
  primary key (owning_force, request_id),
  check (not coalesce(departs_from_guidance, false) or reasons is not null)
);
create index application_by_certificate on application (owning_force, certificate_number);
create table certificate (
  owning_force text not null,
  number text not null,
  kind text not null check (kind in ('firearm', 'shotgun', 'coterminous', 'explosives')),
  starts_on date not null,
  expires_on date not null check (expires_on > starts_on),
  guns integer check (guns >= 0),
  conditions json not null default '[]',
  granted_by uuid not null,
  primary key (owning_force, number)
);
create index certificate_by_expiry on certificate (owning_force, expires_on);`,
  },
  CERTIFICATE_HOLDERS,
  {
    name: '003-certificate-in-any-letters',
    owned: [],
    up: `create index certificate_in_any_letters on certificate (owning_force, upper(number));`,
  },
  {
    name: '004-certificates-of-a-holder',
    owned: [],
    up: `create index certificate_of_holder on certificate (owning_force, upper(holder));`,
  },
];
