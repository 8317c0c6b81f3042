import { comparable } from '#kernel';
import { FINAL_STATES } from '#requests';
import { keptIn, oneByOne, RELATED_MAX, type KeptRecords, type RecordHooks } from '#unit';
import type { SiteFields } from './site.fields.ts';
import {
  CLOSE_CELLS,
  IS_CELL_CLOSED,
  NOTE_REQUESTS,
  OPEN_FAULTS,
  READ_CLOSURES,
  REGISTER_SITES,
  REOPEN_CELL,
} from './site.sql.ts';

/** The part of a request that the records of its site use. */
interface SiteRequest {
  readonly site: string;
  readonly cell: string | undefined;
  readonly hasLigaturePoint: boolean;
}
interface LigatureOutcome {
  readonly ligaturePointRemoved: boolean;
}

/**
 * Sites, and the closures of cells. A ligature point closes its cell as soon as the request arrives. A
 * closure ends only with an answer that says that the ligature point is removed, and the cell opens when its
 * last closure ends. The name of a cell is the same in capital and small letters.
 */
export const siteRecords: RecordHooks<SiteRequest, LigatureOutcome> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'sites-arrive',
      text: REGISTER_SITES,
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
    await client.query({
      name: 'site-requests-arrive',
      text: NOTE_REQUESTS,
      values: [
        JSON.stringify(
          requests.map((request) => ({
            owning_force: request.owningForce,
            request_id: request.id,
            site: request.payload.site,
            kind: request.type,
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
      text: CLOSE_CELLS,
      values: [JSON.stringify(closures)],
    });
  },

  onAnswer: oneByOne(async (client, request, { ligaturePointRemoved }) => {
    const { site, cell, hasLigaturePoint } = request.payload;
    if (!hasLigaturePoint) return {};
    if (ligaturePointRemoved) {
      await client.query(REOPEN_CELL, [request.owningForce, request.id]);
    }
    const { rowCount } = await client.query(IS_CELL_CLOSED, [request.owningForce, site, cell]);
    return { cell, cellState: rowCount === 0 ? 'open' : 'closed' };
  }),

  async read(client, request) {
    const { site, cell } = request.payload;
    const closures = await client.query<{ cell: string; closedAt: Date; reopenedAt: Date | null }>(
      READ_CLOSURES,
      [request.owningForce, site, cell ?? ''],
    );
    // The rows are newest first, so a cell gets the name that its first closure gave it.
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

  async related(client, { owningForce, id, payload: { site } }) {
    const { rows } = await client.query<{ requestId: string; description: string | null }>(OPEN_FAULTS, [
      owningForce,
      site,
      id,
      FINAL_STATES,
      RELATED_MAX,
    ]);
    return rows.map(({ requestId, description }) => ({
      requestId,
      summary: excerptOf(description ?? `An open fault of ${site}`),
    }));
  },
};

/** The longest summary of a fault. */
const SUMMARY_MAX = 120;

function excerptOf(text: string): string {
  return text.length > SUMMARY_MAX ? `${text.slice(0, SUMMARY_MAX - 1)}…` : text;
}

/** The records of a request about a site that names no cell. */
export const SITE_ONLY: KeptRecords<SiteFields, object> = keptIn(siteRecords, {
  payload: ({ site }) => ({ site, cell: undefined, hasLigaturePoint: false }),
  answer: () => ({ ligaturePointRemoved: false }),
});
