import { comparable } from '#kernel';
import { answerFault, eachAlone, oneByOne, type ArrivedRequest, type UnitRecords } from '#unit';
import type { FaultRepair, FaultRepairAnswer } from './fault-repair.request.ts';
import type { AtASite } from './site.fields.ts';

/**
 * Sites, and the closures of cells. A ligature point closes its cell when the request arrives, without waiting for
 * anybody; the cell is open again when no closure is left, and a closure ends only with an answer that says the
 * ligature point is gone. A cell is the same in capital and small letters.
 */
export const siteRecords: UnitRecords = {
  migrations: [
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
  ],

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
            code: siteOf(request),
            at: request.receivedAt,
          })),
        ),
      ],
    });
    const closures = requests.filter(hasLigaturePoint).map((request) => ({
      owning_force: request.owningForce,
      request_id: request.id,
      site: siteOf(request),
      cell: (request.payload as unknown as FaultRepair).cell,
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

  answerFaults: eachAlone((request, answer) => {
    if (request.type !== 'fault-repair') {
      const refused = answer['decision'] === 'refused' && !answer['reasons'];
      return refused ? [answerFault('reasons', 'ReasonsNeeded', 'Say why access is refused')] : [];
    }
    if (
      !hasLigaturePoint(request) ||
      (answer as unknown as FaultRepairAnswer).ligaturePointRemoved !== undefined
    )
      return [];
    const detail = 'Say whether the ligature point is gone: the cell is closed until it is';
    return [answerFault('ligaturePointRemoved', 'TheLigaturePointIsAccountedFor', detail)];
  }),

  onAnswer: oneByOne(async (client, request, answer) => {
    if (request.type !== 'fault-repair' || !hasLigaturePoint(request)) return {};
    const { ligaturePointRemoved } = answer as unknown as FaultRepairAnswer;
    const { site, cell } = request.payload as unknown as FaultRepair;
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
    const { cell } = request.payload as unknown as FaultRepair;
    const site = siteOf(request);
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

function siteOf(request: ArrivedRequest): string {
  return (request.payload as unknown as AtASite).site;
}

function hasLigaturePoint(request: ArrivedRequest): boolean {
  return (
    request.type === 'fault-repair' && (request.payload as unknown as FaultRepair).ligaturePoint === true
  );
}
