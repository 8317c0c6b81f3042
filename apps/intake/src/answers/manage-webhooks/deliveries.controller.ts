import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Refusal, schemaOf } from '#contracts';
import { isUuid } from '#kernel';
import { Database } from '#persistence';
import {
  Caller,
  COUNT,
  Cursors,
  Described,
  ForceSystemRoute,
  json,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
} from '#web';
import { choiceOf, CURSOR, LIMIT, limitOf, oneOf, pageOf, sendPage } from '../page.ts';
import { ReadShares } from '../read-shares.ts';
import { DELIVERY_STATES, listDeliveries, redeliver, type DeliveryView } from './deliveries.store.ts';
import { checkedBody, RedeliveryBody } from './webhook.body.ts';
import { DELIVERY, WEBHOOK_ID } from './webhook.description.ts';
import { readWebhook } from './webhook.store.ts';

/** A place in the log of deliveries is the position of its event. */
const isPosition = (value: unknown): value is string => typeof value === 'string' && /^\d{1,18}$/.test(value);

/** The log of deliveries of one webhook, and its redeliveries. */
@Controller('v1/webhooks')
export class DeliveriesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(ReadShares) private readonly shares: ReadShares,
  ) {}

  @Get(':id/deliveries')
  @ForceSystemRoute()
  @Described({
    id: 'listDeliveries',
    summary: 'List the deliveries of a webhook, newest first',
    path: WEBHOOK_ID,
    query: {
      state: { help: 'Only deliveries in this state', schema: { type: 'string', enum: DELIVERY_STATES } },
      limit: LIMIT,
      cursor: CURSOR,
    },
    answers: { 200: pageOf(DELIVERY) },
    problems: ['invalid-request', 'invalid-cursor', 'not-found'],
  })
  async list(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Caller() caller: ForceCaller,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Buffer> {
    const { force } = caller;
    const limit = limitOf(query['limit']);
    const state = choiceOf(query, 'state', DELIVERY_STATES);
    const cursor = oneOf(query, 'cursor');
    const scope = { list: `deliveries ${id.toLowerCase()}`, caller };
    const before = cursor === undefined ? undefined : this.cursors.open(scope, cursor, isPosition);
    return this.shares.read(force, limit, reply, async () => {
      const rows = await this.database.transaction([force], async (client) => {
        await readWebhook(client, force, checkedId(id));
        // One more than asked shows whether there is a next page.
        return listDeliveries(client, force, id, { state, before, limit: limit + 1 });
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last && this.cursors.seal(scope, last.position);
      return sendPage(
        request,
        reply,
        rows.slice(0, limit),
        ({ position: _, ...delivery }): DeliveryView => delivery,
        next,
      );
    });
  }

  @Post(':id/redeliveries')
  @HttpCode(202)
  @ForceSystemRoute()
  @Described({
    id: 'redeliver',
    summary: 'Send an event again, or all events of a webhook in a period',
    details:
      'Each event is sent again under its own `webhook-id`, with a full set of tries. The count includes events of the period that are still being delivered. At most 10,000 events at once. A disabled webhook sends nothing until it is enabled.',
    path: WEBHOOK_ID,
    body: json(schemaOf(RedeliveryBody), { since: '2026-03-02T09:30:00Z' }),
    answers: {
      202: {
        means: 'The events will be sent again',
        content: json({ type: 'object', properties: { count: COUNT }, required: ['count'] }),
      },
    },
    problems: ['invalid-request', 'not-found'],
  })
  async redeliver(
    @Param('id') id: string,
    @Body() body: unknown,
    @Caller() { force }: ForceCaller,
  ): Promise<{ count: number }> {
    const asked = checkedBody('redeliver', body);
    return {
      count: await this.database.transaction([force], (client) =>
        redeliver(client, force, checkedId(id), asked),
      ),
    };
  }
}

function checkedId(id: string): string {
  if (!isUuid(id)) throw new Refusal('not-found', 'No webhook of this force has that id.');
  return id;
}
