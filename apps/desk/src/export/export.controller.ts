import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { QueueQuery } from '#client';
import { toLondon } from '#kernel';
import type { HttpReply } from '#web';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { nameOf } from '../units/name-of.ts';
import type { QueueItem, UnitAnswer } from '../units/unit-api.ts';
import { UnitDesks, type Session } from '../units/unit-desks.ts';
import { forceWords } from '../work/list.view.ts';
import { STATE_WORDS, URGENCY_WORDS } from '../work/state-words.ts';
import { readWorkQuery } from '../work/work-query.ts';
import { queryOfUnit } from '../work/work-lists.ts';

/** Rows of one file; whoever needs more filters by force, kind or urgency. */
const ROWS_MAX = 20_000;
const PAGE = 200;

const COLUMNS = [
  'Reference',
  'Unit',
  'Kind',
  'About',
  'Force',
  "Force's reference",
  'State',
  'Urgency',
  'Who has it',
  'Due',
  'Received',
  'Risk',
];

/** A list as a file for a spreadsheet: the whole filtered list, not only the page that is seen. */
@Controller('work.csv')
export class ExportController {
  constructor(@Inject(UnitDesks) private readonly desks: UnitDesks) {}

  @Get()
  @SignedIn()
  async list(
    @Req() { session }: DeskRequest,
    @Query() queried: Record<string, unknown>,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const query = readWorkQuery(queried);
    const { present } = await this.desks.units(session);
    const units = present.filter(({ slug }) => query.unit === undefined || query.unit === slug);
    // A spreadsheet runs a cell that begins like a formula; the library puts an apostrophe before it.
    const file = stringify({ header: true, columns: COLUMNS, bom: true, escape_formulas: true });
    void this.write(session, units, (unit) => queryOfUnit({ ...query, after: new Map() }, unit), file);
    const day = new Date(toLondon(Date.now())).toISOString().slice(0, 10);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="requests-${day}.csv"`)
      .header('x-content-type-options', 'nosniff')
      .send(file);
  }

  private async write(
    session: Session,
    units: readonly UnitAnswer[],
    queryOf: (unit: string) => QueueQuery,
    file: ReturnType<typeof stringify>,
  ): Promise<void> {
    try {
      let rows = 0;
      for (const unit of units) {
        let cursor: string | undefined;
        do {
          const page: QueueQuery = { ...queryOf(unit.slug), limit: PAGE, ...(cursor && { cursor }) };
          const { groups, next } = await this.desks.ask(session, unit.slug, (client) => client.queue(page));
          for (const item of groups.flatMap(({ items }) => items)) {
            if (rows === ROWS_MAX) break;
            rows += 1;
            if (!file.write(rowOf(item, unit))) await new Promise((drained) => file.once('drain', drained));
          }
          cursor = next;
        } while (cursor !== undefined && rows < ROWS_MAX && !file.destroyed);
      }
      file.end();
    } catch (error) {
      // The file breaks off, so that nobody takes a part for the whole.
      file.destroy(error as Error);
    }
  }
}

function rowOf(item: QueueItem, unit: UnitAnswer): string[] {
  return [
    item.unitReference,
    unit.title,
    item.title,
    item.subject,
    forceWords(unit, item.force).forceName,
    item.forceReference,
    STATE_WORDS[item.state],
    item.urgency === null ? '' : URGENCY_WORDS[item.urgency],
    item.assignee === null ? '' : nameOf(unit, item.assignee),
    item.dueAt === null ? '' : inLondon(item.dueAt),
    inLondon(item.receivedAt),
    String(item.risk),
  ];
}

/** A moment as spreadsheets read it, in London's time: 2026-03-03 15:20. */
function inLondon(moment: string): string {
  return new Date(toLondon(Date.parse(moment))).toISOString().slice(0, 16).replace('T', ' ');
}
