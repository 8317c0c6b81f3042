import { Body, Controller, Delete, Inject, Param, Post } from '@nestjs/common';
import { OneOf, PayloadCheck, Refusal, Text, type Schema } from '#contracts';
import { isUuid } from '#kernel';
import { STATES } from '#requests';
import {
  answerSchema,
  Caller,
  Described,
  json,
  listOf,
  MOMENT,
  named,
  StaffRoute,
  TEXT,
  UUID,
  type StaffCaller,
} from '#web';
import { REFERENCE } from '../change-request/command-descriptions.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { LINK_KINDS, linkRequests, unlinkRequests, type LinkKind, type LinkView } from './link-requests.ts';

class NewLink {
  @Text({ max: 60, example: 'FLT-26-000124', help: 'The other request, by id or short reference' })
  to!: string;
  @OneOf(LINK_KINDS, {
    help: 'This request is a duplicate of the other, follows it, or is about the same incident',
  })
  kind!: LinkKind;
}
const newLink = new PayloadCheck(NewLink);
const EXAMPLE: NewLink = { to: 'FLT-26-000124', kind: 'same-incident' };

export const LINK_SCHEMA: Schema = answerSchema<LinkView>({
  id: UUID,
  kind: { type: 'string', enum: LINK_KINDS },
  outgoing: { type: 'boolean', description: 'True if it leads from this request to the other' },
  person: TEXT,
  at: MOMENT,
  reference: { ...TEXT, description: 'The short reference of the other request' },
  title: TEXT,
  subject: TEXT,
  state: { type: 'string', enum: STATES },
});

interface LinksView {
  readonly items: readonly LinkView[];
}
const LINKS = answerSchema<LinksView>({ items: listOf(named('Link')) });

/** POST and DELETE /v1/requests/{reference}/links: links between two requests of one force. */
@Controller('v1/requests')
export class LinkRequestsController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Post(':reference/links')
  @StaffRoute('caseworker', 'supervisor')
  @Described({
    id: 'linkRequests',
    summary: 'Link a request to another one of the same force',
    details: 'The same link again changes nothing. The force does not see links.',
    path: REFERENCE,
    body: json(newLink.schema, EXAMPLE),
    answers: { 201: { means: 'The links of the request, newest first', content: json(LINKS) } },
    problems: ['not-found'],
  })
  async link(
    @Caller() caller: StaffCaller,
    @Param('reference') reference: string,
    @Body() body: unknown,
  ): Promise<LinksView> {
    const errors = newLink.faults(body, '');
    if (errors.length > 0)
      throw new Refusal('invalid-request', 'The link is not valid; see errors.', { errors });
    const { to, kind } = body as NewLink;
    return { items: await linkRequests(this.unit, caller, { reference, to: to.trim(), kind }) };
  }

  @Delete(':reference/links/:id')
  @StaffRoute('caseworker', 'supervisor')
  @Described({
    id: 'unlinkRequests',
    summary: 'Remove a link of a request',
    path: { ...REFERENCE, id: { help: 'The id of the link', schema: UUID } },
    answers: { 200: { means: 'The links that are left', content: json(LINKS) } },
    problems: ['not-found'],
  })
  async unlink(
    @Caller() caller: StaffCaller,
    @Param('reference') reference: string,
    @Param('id') id: string,
  ): Promise<LinksView> {
    if (!isUuid(id)) throw new Refusal('not-found', 'This request has no such link.');
    return { items: await unlinkRequests(this.unit, caller, { reference, id }) };
  }
}
