import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { Pages } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { QueueItem } from '../units/unit-api.ts';
import { UnitDesks } from '../units/unit-desks.ts';
import { readWorkQuery } from './work-query.ts';
import { WorkLists } from './work-lists.ts';

const DECISIONS = '/work?who=all&state=awaiting-decision';
const EVERYTHING = '/work?who=all';

/** The list of work, and "Get next". */
@Controller()
export class WorkController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  /** Leads to the list that a person's roles need first. */
  @Get()
  @SignedIn()
  async home(@Req() { session }: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    if (session.person?.force !== undefined && session.person.units.length === 0) {
      void reply.redirect('/force', 303);
      return;
    }
    const { present } = await this.desks.units(session);
    const roles = new Set<string>(present.map(({ me }) => me.role));
    const decides = roles.has('decision-maker') ? DECISIONS : EVERYTHING;
    const works = roles.size === 0 || roles.has('caseworker') || roles.has('supervisor');
    void reply.redirect(works ? '/work' : decides, 303);
  }

  @Get('work')
  @SignedIn()
  async list(
    @Req() request: DeskRequest,
    @Query() query: Record<string, unknown>,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { list, rail } = await this.lists.read(request.session, readWorkQuery(query));
    await reply.view('work.njk', { page: this.pages.of(request, { title: list.title, rail }), list });
  }

  /**
   * Claims the most urgent request that nobody has, over all units of the person: the unit whose first queued
   * request is due first is asked first.
   */
  @Post('next')
  @SignedIn()
  async next(
    @Req() request: DeskRequest,
    @Body() body: { readonly from?: string },
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const heads = await this.desks.askAll(session, session.person?.units ?? [], (client) =>
      client.queue({ assignee: 'none', limit: 1 }),
    );
    const waiting = heads
      .flatMap(({ unit, answer }) => (answer?.groups[0]?.items ?? []).map((item) => ({ unit, item })))
      .sort((a, b) => byDue(a.item, b.item));
    for (const { unit } of waiting) {
      const claimed = await this.claimAt(session, unit);
      if (claimed === undefined) continue;
      session.notice = `You have claimed ${claimed}.`;
      void reply.redirect(`/requests/${unit}/${claimed}`, 303);
      return;
    }
    session.notice = 'Nothing waits at the moment that you may claim.';
    session.nothingDone = true;
    const from = typeof body.from === 'string' ? body.from : '';
    void reply.redirect(`/work${from === '' ? '' : `?${new URLSearchParams(from).toString()}`}`, 303);
  }

  /**
   * Claims the next request of a unit and returns its reference. Undefined if another person was quicker, or
   * if this person only reads in the unit.
   */
  private async claimAt(session: DeskRequest['session'], unit: string): Promise<string | undefined> {
    try {
      return (await this.desks.ask(session, unit, (client) => client.next()))?.unitReference;
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return undefined;
      throw error;
    }
  }
}

function byDue(a: QueueItem, b: QueueItem): number {
  const [left, right] = [a.dueAt ?? '~', b.dueAt ?? '~'];
  return left < right ? -1 : left > right ? 1 : b.risk - a.risk;
}
