import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { isInstant, REFERENCE_MAX, Refusal, REQUEST_STATES } from '#contracts';
import { isUuid } from '#kernel';
import { Database } from '#persistence';
import {
  Caller,
  Cursors,
  Described,
  ForceRoute,
  json,
  listOf,
  named,
  nextLink,
  TEXT,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { listRequestsSql } from './list-requests.sql.ts';
import { CURSOR, LIMIT, limitOf, oneOf, pageJson, textOf } from '../page.ts';
import { logConsultations } from '../read-request/consultations.ts';
import type { RequestView } from '../read-request/request.view.ts';
import { ReadShares } from '../read-shares.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

/** Time of update in milliseconds, and id, of the last request of a page. */
type Place = readonly [updatedAtMs: number, id: string];

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) &&
  value.length === 2 &&
  Number.isSafeInteger(value[0]) &&
  // Both JavaScript's Date and PostgreSQL's timestamptz hold every moment in between.
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

  /**
   * The force's requests in the order of their last change. A change that commits late can fall behind a page that was
   * read: to follow every change without a gap, read /v1/events.
   */
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
      limit: LIMIT,
      cursor: CURSOR,
    },
    answers: {
      200: {
        means: 'A page; the last one has no `next`',
        headers: { link: 'The next page (RFC 8288), when there is one' },
        content: json({
          type: 'object',
          properties: { items: listOf(named('Request')), next: TEXT },
          required: ['items'],
        }),
      },
    },
    problems: ['invalid-request', 'invalid-cursor'],
  })
  async list(
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Buffer> {
    const limit = limitOf(query['limit']);
    const scope = { list: 'requests', caller };
    const cursor = oneOf(query, 'cursor');
    const after = cursor === undefined ? undefined : this.cursors.open(scope, cursor, isPlace);
    const { conditions, values } = filtersOf(caller.force, query, after);
    const text = listRequestsSql(conditions, limit);
    return this.shares.read(caller.force, limit, reply, async () => {
      const rows = await this.database.transaction([caller.force], async (client) => {
        const page = (await client.query<RequestView>(text, values)).rows;
        await logConsultations(client, this.types, caller, page.slice(0, limit));
        return page;
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last && this.cursors.seal(scope, [last.updatedAt.getTime(), last.id]);
      if (next !== undefined) reply.header('link', nextLink(request.url, next));
      return pageJson(reply, rows.slice(0, limit), (item) => item, next);
    });
  }
}

function filtersOf(
  force: string,
  query: Record<string, unknown>,
  after: Place | undefined,
): { conditions: string[]; values: unknown[] } {
  const values: unknown[] = [force];
  const conditions = ['progress.owning_force = $1'];
  const add = (condition: (place: string) => string, value: unknown): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const updatedSince = oneOf(query, 'updatedSince');
  if (updatedSince !== undefined) {
    if (!isInstant(updatedSince))
      throw new Refusal(
        'invalid-request',
        'updatedSince must be an RFC 3339 date and time, such as 2026-03-02T09:30:00Z.',
      );
    add((place) => `progress.updated_at >= ${place}::timestamptz`, updatedSince);
  }
  const state = oneOf(query, 'state');
  if (state !== undefined) {
    if (!(REQUEST_STATES as readonly string[]).includes(state)) {
      throw new Refusal('invalid-request', `state must be one of ${REQUEST_STATES.join(', ')}.`);
    }
    add((place) => `progress.state = ${place}`, state);
  }
  const reference = textOf(query, 'reference');
  if (reference !== undefined) add((place) => `request.reference = ${place}`, reference);
  if (after !== undefined) {
    const [updatedAtMs, id] = after;
    values.push(new Date(updatedAtMs), id);
    conditions.push(
      `(progress.updated_at, progress.request_id) > ($${values.length - 1}::timestamptz, $${values.length}::uuid)`,
    );
  }
  return { conditions, values };
}
