import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { UnitDesks } from '../units/unit-desks.ts';
import { LINK_KINDS } from './links.view.ts';
import { RequestPages } from './request-pages.ts';

interface PostedLink {
  readonly to?: string;
  readonly kind?: string;
}

/** Links between requests, on the page of one of them. */
@Controller('requests/:unit/:reference/links')
export class LinksController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(RequestPages) private readonly requests: RequestPages,
  ) {}

  /** A reference that cannot be linked comes back in its field, with the reason. */
  @Post()
  @SignedIn()
  async link(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Body() { to = '', kind = '' }: PostedLink,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const chosen = LINK_KINDS.find((one) => one === kind);
    try {
      await this.desks.ask(request.session, unit, (client) =>
        client.link(reference, { to: to.trim(), kind: chosen ?? 'same-incident' }),
      );
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 400) throw error;
      const says = to.trim() === '' ? 'Give the reference of the other request.' : error.problem.detail;
      const refused = { says, to, kind };
      return this.requests.send(request, reply, { unit, reference, link: refused, status: 400 });
    }
    request.session.notice = 'The requests are linked.';
    void reply.redirect(`/requests/${unit}/${reference}#links`, 303);
  }

  @Post(':id/remove')
  @SignedIn()
  async remove(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.desks.ask(request.session, unit, (client) => client.unlink(reference, id));
    request.session.notice = 'The link is removed.';
    void reply.redirect(`/requests/${unit}/${reference}#links`, 303);
  }
}
