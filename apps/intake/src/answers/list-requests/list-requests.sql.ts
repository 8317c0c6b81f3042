import { VIEW_COLUMNS, VIEW_TABLES } from '../read-request/request-view.sql.ts';

/** Reads one more than the page may have, which shows whether there is a next page. */
export const listRequestsSql = (
  conditions: readonly string[],
  limit: number,
  direction: 'asc' | 'desc',
): string => `
select ${VIEW_COLUMNS}
from ${VIEW_TABLES}
where ${conditions.join('\n  and ')}
order by progress.updated_at ${direction}, progress.request_id ${direction}
limit ${limit + 1}`;
