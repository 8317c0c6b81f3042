import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Database, recordAccess, type PoolClient } from '#persistence';
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
  nextLink,
  orNull,
  TEXT,
  UUID,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { readRefusalsSql } from './read-refusals.sql.ts';
import { CURSOR, LIMIT, limitOf, logPlaceOf, oneOf, pageJson } from '../page.ts';
import { ReadShares } from '../read-shares.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

/** What was refused, as it came: `body` when it was JSON, otherwise `bytes` in base64. */
export interface RefusalView {
  readonly id: string;
  readonly refusedAt: Date;
  readonly channel: string;
  readonly code: string;
  readonly reference: string | null;
  readonly messageId: string | null;
  readonly place: string | null;
  readonly problem: unknown;
  readonly body: unknown;
  readonly bytes: string | null;
  /** Set when the body was erased: a hash of what was sent, and since when. */
  readonly bodyHash: string | null;
  readonly bodyErasedAt: Date | null;
}

export const REFUSAL_SCHEMA = answerSchema<RefusalView>({
  id: UUID,
  refusedAt: MOMENT,
  channel: TEXT,
  code: TEXT,
  reference: orNull(TEXT),
  messageId: orNull(TEXT),
  place: orNull({ ...TEXT, description: 'Its place on the topic' }),
  problem: named('Problem'),
  body: { ...ANY, description: 'The refused message, if it was JSON' },
  bytes: orNull({
    type: 'string',
    contentEncoding: 'base64',
    description: 'The refused message, if it was not JSON',
  }),
  bodyHash: orNull({ ...TEXT, description: 'SHA-256 of the message, once it has been erased' }),
  bodyErasedAt: orNull({
    ...MOMENT,
    description: 'The time at which the message was erased; `body` and `bytes` are then null',
  }),
});

/** `found`: how many there are from here on, up to one more than was asked. */
type RefusalRow = RefusalView & { readonly xid: string; readonly position: string; readonly found: number };

@Controller('v1/refusals')
export class ReadRefusalsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  /** What intake did not take from the calling force, with the reason, oldest first. */
  @Get()
  @ForceRoute()
  @Described({
    id: 'listRefusals',
    summary: 'List refused messages and requests of the force with their reasons, oldest first',
    details: 'A page ends early if its bodies reach 4 MB; continue with `next`.',
    query: { cursor: CURSOR, limit: LIMIT },
    answers: {
      200: {
        means: 'A page; the last one has no `next`',
        headers: { link: 'The next page (RFC 8288), when there is one' },
        content: json({
          type: 'object',
          properties: { items: listOf(named('Refusal')), next: TEXT },
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
    const scope = { list: 'refusals', caller };
    const place = logPlaceOf(this.cursors, scope, oneOf(query, 'cursor'));
    const text = readRefusalsSql(limit);
    return this.shares.read(caller.force, limit, reply, async () => {
      const rows = await this.database.transaction([caller.force], async (client) => {
        const page = (await client.query<RefusalRow>(text, [caller.force, ...place])).rows.slice(0, limit);
        await this.logConsultations(client, caller, page);
        return page;
      });
      const last = rows.at(-1);
      const next =
        last && last.found > rows.length ? this.cursors.seal(scope, [last.xid, last.position]) : undefined;
      if (next !== undefined) reply.header('link', nextLink(request.url, next));
      return pageJson(
        reply,
        rows,
        ({ xid: _xid, position: _position, found: _found, ...item }): RefusalView => item,
        next,
      );
    });
  }

  /** What was refused is no request and has no request's id: the entry names the refusal. */
  private logConsultations(
    client: PoolClient,
    { force, client: person }: ForceCaller,
    seen: readonly RefusalRow[],
  ): Promise<void> {
    const guarded = seen.filter(({ body }) => this.types.mayBeLawEnforcement(body));
    return recordAccess(
      client,
      guarded.map(({ id }) => ({
        owningForce: force,
        person,
        service: 'intake',
        operation: 'consultation',
        requestId: null,
        reason: `refusal ${id}`,
      })),
    );
  }
}
