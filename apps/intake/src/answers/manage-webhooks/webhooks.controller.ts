import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Res,
} from '@nestjs/common';
import { Refusal, schemaOf } from '#contracts';
import { isUuid } from '#kernel';
import { Database, type PoolClient } from '#persistence';
import {
  Caller,
  Described,
  entityTag,
  ForceSystemRoute,
  json,
  requireVersion,
  type ForceCaller,
  type HttpReply,
} from '#web';
import { itemsOf } from '../page.ts';
import { WebhookDestinations } from './webhook.destinations.ts';
import { checkedBody, WebhookBody, WebhookChanges } from './webhook.body.ts';
import { IF_MATCH, WEBHOOK, WEBHOOK_ID, WEBHOOK_WITH_SECRET, withTag } from './webhook.description.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  dropPreviousSecret,
  listWebhooks,
  readWebhook,
  rotateSecret,
  type WebhookView,
} from './webhook.store.ts';

type WithSecret = WebhookView & { readonly secret: string };

/** The webhooks of the calling force. Those of another force answer 404. */
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WebhookDestinations) private readonly destinations: WebhookDestinations,
  ) {}

  @Post()
  @ForceSystemRoute()
  @Described({
    id: 'createWebhook',
    summary: 'Create a webhook: have new events sent to a URL',
    details:
      'Each event is sent by POST in the form of `/v1/events`, signed as Standard Webhooks describes. Only this answer shows the secret. A force has at most 10 webhooks.',
    body: json(schemaOf(WebhookBody), {
      url: 'https://systems.example.police.uk/concordat',
      types: ['concordat.request-answered.v1'],
    }),
    answers: {
      201: {
        ...withTag('The webhook, and its secret', WEBHOOK_WITH_SECRET),
        headers: { etag: 'Version', location: 'The webhook' },
      },
    },
    problems: ['invalid-request'],
  })
  async create(
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<WithSecret> {
    const { url, types } = checkedBody('create', body);
    const webhook = { url: await this.destinations.checked(url), types, createdBy: caller.client };
    const created = await this.database.transaction([caller.force], (client) =>
      createWebhook(client, caller.force, webhook),
    );
    reply.header('location', `/v1/webhooks/${created.id}`);
    return tagged(reply, created);
  }

  @Get()
  @ForceSystemRoute()
  @Described({
    id: 'listWebhooks',
    summary: "List the force's webhooks",
    answers: { 200: { means: 'All webhooks of the force', content: itemsOf(WEBHOOK) } },
  })
  async list(@Caller() caller: ForceCaller): Promise<{ items: WebhookView[] }> {
    return {
      items: await this.database.transaction([caller.force], (client) => listWebhooks(client, caller.force)),
    };
  }

  @Get(':id')
  @ForceSystemRoute()
  @Described({
    id: 'readWebhook',
    summary: 'Read a webhook',
    path: WEBHOOK_ID,
    answers: { 200: withTag('The webhook', WEBHOOK) },
    problems: ['not-found'],
  })
  async read(
    @Param('id') id: string,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<WebhookView> {
    return tagged(
      reply,
      await this.transaction(caller, id, (client) => readWebhook(client, caller.force, id)),
    );
  }

  @Patch(':id')
  @ForceSystemRoute()
  @Described({
    id: 'changeWebhook',
    summary: 'Change, disable or enable a webhook',
    details:
      'A disabled webhook keeps its place in the feed and continues from there when it is enabled again.',
    path: WEBHOOK_ID,
    headers: IF_MATCH,
    body: json(schemaOf(WebhookChanges), { enabled: true }),
    answers: { 200: withTag('The webhook as it is now', WEBHOOK) },
    problems: ['invalid-request', 'not-found', 'version-changed', 'version-required'],
  })
  async change(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<WebhookView> {
    const version = requireVersion(ifMatch);
    const { url, types, enabled } = checkedBody('change', body);
    const change = { url: url && (await this.destinations.checked(url)), types, enabled };
    return tagged(
      reply,
      await this.transaction(caller, id, (client) =>
        changeWebhook(client, caller.force, id, version, change),
      ),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @ForceSystemRoute()
  @Described({
    id: 'deleteWebhook',
    summary: 'Delete a webhook and its log of deliveries',
    path: WEBHOOK_ID,
    headers: IF_MATCH,
    answers: { 204: { means: 'The webhook is deleted; its events stay in the feed' } },
    problems: ['not-found', 'version-changed', 'version-required'],
  })
  async remove(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: ForceCaller,
  ): Promise<void> {
    const version = requireVersion(ifMatch);
    await this.transaction(caller, id, (client) => deleteWebhook(client, caller.force, id, version));
  }

  @Post(':id/secret')
  @HttpCode(200)
  @ForceSystemRoute()
  @Described({
    id: 'rotateWebhookSecret',
    summary: 'Create a new secret for a webhook',
    details:
      'Every message is signed with both secrets for 24 hours, or until the previous secret is deleted.',
    path: WEBHOOK_ID,
    headers: IF_MATCH,
    answers: { 200: withTag('The webhook, and its new secret', WEBHOOK_WITH_SECRET) },
    problems: ['not-found', 'version-changed', 'version-required'],
  })
  async rotate(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<WithSecret> {
    const version = requireVersion(ifMatch);
    return tagged(
      reply,
      await this.transaction(caller, id, (client) => rotateSecret(client, caller.force, id, version)),
    );
  }

  @Delete(':id/previous-secret')
  @ForceSystemRoute()
  @Described({
    id: 'deletePreviousWebhookSecret',
    summary: 'Stop signing with the previous secret',
    path: WEBHOOK_ID,
    headers: IF_MATCH,
    answers: { 200: withTag('The webhook as it is now', WEBHOOK) },
    problems: ['not-found', 'version-changed', 'version-required'],
  })
  async dropPrevious(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<WebhookView> {
    const version = requireVersion(ifMatch);
    return tagged(
      reply,
      await this.transaction(caller, id, (client) => dropPreviousSecret(client, caller.force, id, version)),
    );
  }

  private transaction<Result>(
    { force }: ForceCaller,
    id: string,
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> {
    if (!isUuid(id)) throw new Refusal('not-found', 'No webhook of this force has that id.');
    return this.database.transaction([force], work);
  }
}

function tagged<View extends WebhookView>(reply: HttpReply, view: View): View {
  reply.header('etag', entityTag(view.version));
  return view;
}
