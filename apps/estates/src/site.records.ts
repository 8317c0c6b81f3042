import { comparable } from '#kernel';
import { keptIn, oneByOne, type KeptRecords, type RecordHooks } from '#unit';
import type { AtASite } from './site.fields.ts';

/** A request as the records of its site see it. */
interface AboutASite {
  readonly site: string;
  readonly cell: string | undefined;
  readonly hasLigaturePoint: boolean;
}
interface LigatureOutcome {
  readonly ligaturePointRemoved: boolean;
}

/**
 * Sites, and the closures of cells. A ligature point closes its cell when the request arrives, without waiting for
 * anybody; the cell is open again when no closure is left, and a closure ends only with an answer that says the
 * ligature point is gone. A cell is the same in capital and small letters.
 */
export const siteRecords: RecordHooks<AboutASite, LigatureOutcome> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'sites-arrive',
      text: `
insert into site (owning_force, code, first_seen_at)
select owning_force, code, min(at) from json_to_recordset($1) as s (owning_force text, code text, at timestamptz)
group by owning_force, code order by owning_force, code
on conflict (owning_force, code) do nothing`,
      values: [
        JSON.stringify(
          requests.map((request) => ({
            owning_force: request.owningForce,
            code: request.payload.site,
            at: request.receivedAt,
          })),
        ),
      ],
    });
    const closures = requests
      .filter(({ payload }) => payload.hasLigaturePoint)
      .map((request) => ({
        owning_force: request.owningForce,
        request_id: request.id,
        site: request.payload.site,
        cell: request.payload.cell,
        closed_at: request.receivedAt,
      }));
    if (closures.length === 0) return;
    await client.query({
      name: 'cells-close',
      text: `
insert into cell_closure (owning_force, request_id, site, cell, closed_at)
select * from json_to_recordset($1) as c (owning_force text, request_id uuid, site text, cell text, closed_at timestamptz)`,
      values: [JSON.stringify(closures)],
    });
  },

  onAnswer: oneByOne(async (client, request, { ligaturePointRemoved }) => {
    const { site, cell, hasLigaturePoint } = request.payload;
    if (!hasLigaturePoint) return {};
    if (ligaturePointRemoved) {
      await client.query(
        'update cell_closure set reopened_at = now() where owning_force = $1 and request_id = $2',
        [request.owningForce, request.id],
      );
    }
    const { rowCount } = await client.query(
      'select from cell_closure where owning_force = $1 and site = $2 and upper(cell) = upper($3) and reopened_at is null limit 1',
      [request.owningForce, site, cell],
    );
    return { cell, cellState: rowCount === 0 ? 'open' : 'closed' };
  }),

  async read(client, request) {
    const { site, cell } = request.payload;
    const closures = await client.query<{ cell: string; closedAt: Date; reopenedAt: Date | null }>(
      `select cell, closed_at as "closedAt", reopened_at as "reopenedAt" from cell_closure
       where owning_force = $1 and site = $2 and (upper(cell) = upper($3) or reopened_at is null) order by closed_at desc limit 50`,
      [request.owningForce, site, cell ?? ''],
    );
    // The last of the same cell, which is its first closure, gives the name.
    const closed = new Map(
      closures.rows
        .filter(({ reopenedAt }) => reopenedAt === null)
        .map((row) => [comparable(row.cell), row.cell]),
    );
    return {
      site,
      closedCells: [...closed.values()],
      ...(cell && {
        cell: {
          name: cell,
          state: closed.has(comparable(cell)) ? 'closed' : 'open',
          closures: closures.rows.filter((row) => comparable(row.cell) === comparable(cell)),
        },
      }),
    };
  },
};

/** The records of a request that concerns a site and none of its cells. */
export const SITE_ONLY: KeptRecords<AtASite, object> = keptIn(siteRecords, {
  payload: ({ site }) => ({ site, cell: undefined, hasLigaturePoint: false }),
  answer: () => ({ ligaturePointRemoved: false }),
});
