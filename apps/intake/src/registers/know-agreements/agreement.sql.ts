/**
 * Each member of an agreement, its column and how it is read. The statements below are made from this list.
 */
const MEMBERS = [
  { name: 'agreementId', column: 'agreement_id', type: 'text' },
  { name: 'functionId', column: 'function_id', type: 'text' },
  { name: 'title', column: 'title', type: 'text' },
  { name: 'unit', column: 'unit', type: 'text' },
  { name: 'participants', column: 'participants', type: 'text[]' },
  { name: 'status', column: 'status', type: 'text' },
  { name: 'from', column: 'valid_from', type: 'date' },
  { name: 'to', column: 'valid_to', type: 'date' },
  { name: 'edition', column: 'edition', type: 'integer' },
  { name: 'demonstration', column: 'demonstration', type: 'boolean' },
] as const;

type Member = (typeof MEMBERS)[number];
const listOf = (itemOf: (member: Member) => string): string => MEMBERS.map(itemOf).join(', ');

const COLUMNS = listOf(({ name, column, type }) =>
  type === 'date' ? `to_char(${column}, 'YYYY-MM-DD') as "${name}"` : `${column} as "${name}"`,
);

/** Stores agreements. An older edition never replaces a newer one, however late it arrives. */
export const LEARN_AGREEMENTS = `
insert into agreement (${listOf(({ column }) => column)})
select ${listOf(({ name }) => `"${name}"`)}
from json_to_recordset($1) as item (${listOf(({ name, type }) => `"${name}" ${type}`)})
order by "agreementId"
on conflict (agreement_id) do update
set ${listOf(({ column }) => `${column} = excluded.${column}`)}
where agreement.edition < excluded.edition`;

export const AGREEMENTS_OF_FORCE = `
select ${COLUMNS}
from agreement
where $1 = any (participants)
order by agreement_id`;

export const AGREEMENTS_OF_UNIT = `
select ${COLUMNS}
from agreement
where unit = $1
order by agreement_id`;
