import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { Pages, railAt } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { manages } from '../units/manages.ts';
import { UnitDesks } from '../units/unit-desks.ts';
import { readWorkQuery, workAddress, writeWorkQuery } from './work-query.ts';
import { SavedViews, VIEWS_MAX } from './saved-views.store.ts';
import { WorkLists } from './work-lists.ts';

const NAME_MAX = 60;

interface PostedView {
  readonly name?: string;
  readonly unit?: string;
  readonly query?: string;
}

/** Shows, saves and deletes lists; a saved list is a name for an address. */
@Controller('views')
export class SavedViewsController {
  constructor(
    @Inject(SavedViews) private readonly views: SavedViews,
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async list(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    const { rail, units } = await this.lists.rail(session);
    const views = await this.views.of(session.person?.subject ?? '', session.person?.units ?? []);
    const shown = views.map((view) => {
      const unit = units.find(({ slug }) => slug === view.unit);
      return {
        ...{ id: view.id, name: view.name, href: `/work?${view.query}` },
        forWhom: view.unit === null ? 'Only you' : `Everybody in ${unit?.title ?? view.unit}`,
        mayDelete: view.own || (unit !== undefined && manages(unit)),
      };
    });
    await reply.view('views.njk', {
      page: this.pages.of(request, { title: 'Saved lists', rail: railAt(rail, '/views') }),
      views: shown,
    });
  }

  @Post()
  @SignedIn()
  async add(
    @Req() request: DeskRequest,
    @Body() { name = '', unit = '', query = '' }: PostedView,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { person } = request.session;
    const title = name.trim();
    if (unit !== '' && person?.units.includes(unit) !== true)
      throw new Refusal('not-found', 'You have no role in this unit.');
    // Only what the list understands is saved, so a saved list can lead nowhere else.
    const list = readWorkQuery(Object.fromEntries(new URLSearchParams(query)));
    if (title === '' || title.length > NAME_MAX) {
      request.session.notice = `Give the list a name of at most ${NAME_MAX} characters.`;
      request.session.nothingDone = true;
    } else {
      const view = { unit: unit === '' ? null : unit, name: title, query: writeWorkQuery(list) };
      const saved = await this.views.add(person?.subject ?? '', view);
      if (!saved) request.session.nothingDone = true;
      request.session.notice = saved
        ? `The list is saved as “${title}”.`
        : `You have ${VIEWS_MAX} saved lists already. Delete one of them first.`;
    }
    void reply.redirect(workAddress(list), 303);
  }

  @Post(':id/delete')
  @SignedIn()
  async remove(@Req() request: DeskRequest, @Param('id') id: string, @Res() reply: HttpReply): Promise<void> {
    const { present } = await this.desks.units(request.session);
    const managed = present.filter(manages).map(({ slug }) => slug);
    const person = request.session.person?.subject ?? '';
    if (!isUuid(id) || !(await this.views.remove(person, managed, id)))
      throw new Refusal('not-found', 'There is no such list that you may delete.');
    request.session.notice = 'The list is deleted.';
    void reply.redirect('/views', 303);
  }
}
