import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Database } from '#persistence';
import { Caller, ForceRoute, type ForceCaller } from '#web';
import { AFTER_PLACE, decodeLogPlace, encodeLogPlace, limitOf, oneOf } from '../page.ts';
import { logConsultations } from '../read-request/consultations.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';

/** One event of the force's own requests. */
export interface FeedItem {
  readonly cursor: string;
  readonly id: string;
  readonly type: string;
  readonly time: Date;
  readonly requestId: string | null;
  readonly data: unknown;
}

interface EventRow extends Omit<FeedItem, 'cursor'> {
  readonly xid: string;
  readonly position: string;
}

@Controller('v1/events')
export class ReadEventsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
  ) {}

  /** Everything that happened to the force's requests, each exactly once, in order per request. Poll with `after` = the last `next`. */
  @Get()
  @ForceRoute()
  async read(@Query() query: Record<string, unknown>, @Caller() caller: ForceCaller): Promise<{ items: FeedItem[]; next: string }> {
    const after = oneOf(query, 'after');
    const place = decodeLogPlace(after);
    const text = `select event_id as id, type, time, request_id as "requestId", data, xid, position
      from event where owning_force = $1 and ${AFTER_PLACE} order by xid, position limit ${limitOf(query['limit'])}`;
    const rows = await this.database.transaction([caller.force], async (client) => {
      const page = (await client.query<EventRow>(text, [caller.force, ...place])).rows;
      const seen = page.map(({ requestId, data }) => ({ id: requestId, type: String((data as { type?: unknown }).type) }));
      await logConsultations(client, this.types, caller, seen);
      return page;
    });
    const items = rows.map(({ xid, position, ...item }) => ({ cursor: encodeLogPlace(xid, position), ...item }));
    return { items, next: items.at(-1)?.cursor ?? encodeLogPlace(...place) };
  }
}
