import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Database, recordAccess, type PoolClient } from '#persistence';
import { Caller, ForceRoute, nextLink, type ForceCaller, type HttpReply, type HttpRequest } from '#web';
import { AFTER_PLACE, decodeLogPlace, encodeLogPlace, limitOf, oneOf } from '../page.ts';
import { RequestTypeDirectory } from '../request-types/request-type.directory.ts';

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
}

type RefusalRow = RefusalView & { readonly xid: string; readonly position: string };

@Controller('v1/refusals')
export class ReadRefusalsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
  ) {}

  /** What intake did not take from the calling force, with the reason, oldest first. */
  @Get()
  @ForceRoute()
  async list(
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<{ items: RefusalView[]; next?: string }> {
    const limit = limitOf(query['limit']);
    const place = decodeLogPlace(oneOf(query, 'cursor'));
    const text = `select id, refused_at as "refusedAt", channel, code, reference, message_id as "messageId", place, problem, body,
        encode(bytes, 'base64') as bytes, xid, position
      from refusal where owning_force = $1 and ${AFTER_PLACE} order by xid, position limit ${limit + 1}`;
    const rows = await this.database.transaction([caller.force], async (client) => {
      const found = (await client.query<RefusalRow>(text, [caller.force, ...place])).rows;
      await this.logConsultations(client, caller, found.slice(0, limit));
      return found;
    });
    const items = rows.slice(0, limit).map(({ xid: _xid, position: _position, ...item }) => item);
    const last = rows[limit - 1];
    if (rows.length <= limit || !last) return { items };
    const next = encodeLogPlace(last.xid, last.position);
    reply.header('link', nextLink(request.url, next));
    return { items, next };
  }

  /** What was refused is no request and has no request's id: the entry names the refusal. */
  private logConsultations(client: PoolClient, { force, client: person }: ForceCaller, seen: readonly RefusalRow[]): Promise<void> {
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
