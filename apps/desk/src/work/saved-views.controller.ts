import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { readWorkQuery, workAddress, writeWorkQuery } from './work-query.ts';
import { SavedViews } from './saved-views.store.ts';

const NAME_MAX = 60;

interface PostedView {
  readonly name?: string;
  readonly unit?: string;
  readonly query?: string;
}

/** Saves and deletes lists; a saved list is a name for an address. */
@Controller('views')
export class SavedViewsController {
  constructor(@Inject(SavedViews) private readonly views: SavedViews) {}

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
    } else {
      const view = { unit: unit === '' ? null : unit, name: title, query: writeWorkQuery(list) };
      await this.views.add(person?.subject ?? '', view);
      request.session.notice = `The list is saved as “${title}”.`;
    }
    void reply.redirect(workAddress(list), 303);
  }

  @Post(':id/delete')
  @SignedIn()
  async remove(@Req() request: DeskRequest, @Param('id') id: string, @Res() reply: HttpReply): Promise<void> {
    if (isUuid(id)) await this.views.remove(request.session.person?.subject ?? '', id);
    request.session.notice = 'The list is deleted.';
    void reply.redirect('/work', 303);
  }
}
