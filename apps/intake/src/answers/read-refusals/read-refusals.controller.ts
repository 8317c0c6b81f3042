import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Database, recordAccess, type PoolClient } from '#persistence';
import {
  ANY,
  answerSchema,
  Caller,
  Cursors,
  Described,
  ForceRoute,
  MOMENT,
  named,
  orNull,
  TEXT,
  UUID,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { CURSOR, LIMIT, limitOf, logPlaceOf, oneOf, pageOf, sendPage } from '../page.ts';
import { ReadShares } from '../read-shares.ts';
import { readRefusals, type RefusalRow, type RefusalView } from './read-refusals.store.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

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

@Controller('v1/refusals')
export class ReadRefusalsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  @Get()
  @ForceRoute()
  @Described({
    id: 'listRefusals',
    summary: 'List refused messages and requests of the force with their reasons, oldest first',
    details: 'A page ends early if its bodies reach 4 MB; continue with `next`.',
    query: { cursor: CURSOR, limit: LIMIT },
    answers: { 200: pageOf(named('Refusal')) },
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
    return this.shares.read(caller.force, limit, reply, async () => {
      const rows = await this.database.transaction([caller.force], async (client) => {
        const page = await readRefusals(client, caller.force, place, limit);
        await this.logConsultations(client, caller, page);
        return page;
      });
      const last = rows.at(-1);
      const next =
        last && last.found > rows.length ? this.cursors.seal(scope, [last.xid, last.position]) : undefined;
      return sendPage(
        request,
        reply,
        rows,
        ({ xid: _xid, position: _position, found: _found, ...item }): RefusalView => item,
        next,
      );
    });
  }

  /** A refusal has no request and no request's id, so the entry of the access log names the refusal. */
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
