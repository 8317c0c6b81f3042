/** The newest edition of every agreement there ever was. */
export const NEWEST_EDITIONS = `
select distinct on (agreement_id) content as agreement, edition
from agreement_edition
order by agreement_id, edition desc`;

export const KEEP_EDITION = `
insert into agreement_edition (agreement_id, edition, content, content_hash)
values ($1, $2, $3, $4)`;
