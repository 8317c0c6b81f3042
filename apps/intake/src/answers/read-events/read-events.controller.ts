import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { Database } from '#persistence';
import {
  ANY,
  answerSchema,
  Caller,
  Cursors,
  Described,
  ForceRoute,
  json,
  listOf,
  MOMENT,
  named,
  orNull,
  TEXT,
  UUID,
  type ForceCaller,
  type HttpReply,
} from '#web';
import { CURSOR, feedOf, LIMIT, limitOf, logPlaceOf, oneOf, pageJson } from '../page.ts';
import { ReadShares } from '../read-shares.ts';
import { readEvents, type EventRow, type FeedItem } from './read-events.store.ts';
import { logConsultations } from '../read-request/consultations.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

export const EVENT_SCHEMA = answerSchema<FeedItem>({
  cursor: { ...TEXT, description: 'The place of this event. Send it as `after` to continue behind it' },
  id: { ...TEXT, description: 'Never changes; a repeat of the event has the same id' },
  type: { ...TEXT, description: 'A message type of the AsyncAPI document' },
  time: MOMENT,
  requestId: orNull(UUID),
  data: { ...ANY, description: 'The value of the message; its schema is in the AsyncAPI document' },
});

@Controller('v1/events')
export class ReadEventsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  @Get()
  @ForceRoute()
  @Described({
    id: 'readEvents',
    summary: "Read the events of the force's requests",
    details:
      'Each event comes exactly once, in order per request. Poll with `after` = the last `next`, which is present even if nothing is new.',
    query: { after: CURSOR, limit: LIMIT },
    answers: {
      200: {
        means: 'Events, the oldest first',
        content: json({
          type: 'object',
          properties: { items: listOf(named('Event')), next: TEXT },
          required: ['items', 'next'],
        }),
      },
    },
    problems: ['invalid-request', 'invalid-cursor'],
  })
  async read(
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Buffer> {
    const scope = feedOf(caller.force);
    const place = logPlaceOf(this.cursors, scope, oneOf(query, 'after'));
    const limit = limitOf(query['limit']);
    return this.shares.read(caller.force, limit, reply, async () => {
      const rows = await this.database.transaction([caller.force], async (client) => {
        const page = await readEvents(client, caller.force, place, limit);
        const seen = page.map(({ requestId, data }) => ({
          id: requestId,
          type: String((data as { type?: unknown }).type),
        }));
        await logConsultations(client, this.types, caller, seen);
        return page;
      });
      const itemOf = ({ xid, position, ...item }: EventRow): FeedItem => ({
        cursor: this.cursors.seal(scope, [xid, position]),
        ...item,
      });
      const last = rows.at(-1);
      return pageJson(
        reply,
        rows,
        itemOf,
        this.cursors.seal(scope, last === undefined ? place : [last.xid, last.position]),
      );
    });
  }
}
