import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { isInstant, REFERENCE_MAX, Refusal, REQUEST_STATES } from '#contracts';
import { isUuid } from '#kernel';
import { Database } from '#persistence';
import {
  Caller,
  Cursors,
  Described,
  ForceRoute,
  named,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { listRequests, ORDERS, type RequestPlace } from './list-requests.store.ts';
import { choiceOf, CURSOR, LIMIT, limitOf, oneOf, pageOf, sendPage, textOf } from '../page.ts';
import { logConsultations } from '../read-request/consultations.ts';
import { ReadShares } from '../read-shares.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

const isPlace = (value: unknown): value is RequestPlace =>
  Array.isArray(value) &&
  value.length === 2 &&
  Number.isSafeInteger(value[0]) &&
  // JavaScript's Date and PostgreSQL's timestamptz can both hold every moment within these bounds.
  (value[0] as number) >= 0 &&
  (value[0] as number) < 8.64e15 &&
  isUuid(value[1]);

@Controller('v1/requests')
export class ListRequestsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  @Get()
  @ForceRoute()
  @Described({
    id: 'listRequests',
    summary: "List the force's requests in the order of their last change",
    details:
      'A request that changes while you read the pages is listed again on a later page, so count by `id`. ' +
      'A change that commits late may belong to a page that you have read already. To follow every change without a gap, read `/v1/events`.',
    query: {
      updatedSince: {
        help: 'Only requests that changed at this time or later',
        schema: { type: 'string', format: 'date-time' },
      },
      state: { help: 'Only requests in this state', schema: { type: 'string', enum: REQUEST_STATES } },
      reference: {
        help: "Only the request with this reference, the force's own",
        schema: { type: 'string', maxLength: REFERENCE_MAX },
      },
      order: {
        help: 'Programs that follow changes read the oldest first',
        schema: { type: 'string', enum: ORDERS, default: 'oldest-change-first' },
      },
      limit: LIMIT,
      cursor: CURSOR,
    },
    answers: { 200: pageOf(named('Request')) },
    problems: ['invalid-request', 'invalid-cursor'],
  })
  async list(
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Buffer> {
    const limit = limitOf(query['limit']);
    const order = choiceOf(query, 'order', ORDERS) ?? 'oldest-change-first';
    // A cursor belongs to one order: a place in the other would continue somewhere else.
    const scope = { list: order === 'newest-change-first' ? 'requests-newest' : 'requests', caller };
    const cursor = oneOf(query, 'cursor');
    const filter = {
      order,
      after: cursor === undefined ? undefined : this.cursors.open(scope, cursor, isPlace),
      updatedSince: updatedSinceOf(query),
      state: choiceOf(query, 'state', REQUEST_STATES),
      reference: textOf(query, 'reference'),
    };
    return this.shares.read(caller.force, limit, reply, async () => {
      const rows = await this.database.transaction([caller.force], async (client) => {
        const page = await listRequests(client, this.types, caller.force, filter, limit);
        await logConsultations(client, this.types, caller, page.slice(0, limit));
        return page;
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last && this.cursors.seal(scope, [last.updatedAt.getTime(), last.id]);
      return sendPage(request, reply, rows.slice(0, limit), (item) => item, next);
    });
  }
}

function updatedSinceOf(query: Record<string, unknown>): string | undefined {
  const updatedSince = oneOf(query, 'updatedSince');
  if (updatedSince !== undefined && !isInstant(updatedSince))
    throw new Refusal(
      'invalid-request',
      'updatedSince must be an RFC 3339 date and time, such as 2026-03-02T09:30:00Z.',
    );
  return updatedSince;
}
