import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { HttpReply } from '#web';
import { Pages, railAt } from '../layout/page.ts';
import { ForAnybody, SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { Preferences } from '../preferences/preferences.store.ts';
import { WorkLists } from '../work/work-lists.ts';

/** Help, the tour of two minutes, the person's own settings and the accessibility statement. */
@Controller()
export class HelpController {
  constructor(
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Preferences) private readonly preferences: Preferences,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get('help')
  @SignedIn()
  async help(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { rail, units } = await this.lists.rail(request.session);
    await reply.view('help.njk', {
      page: this.pages.of(request, { title: 'Help and tour', rail: railAt(rail, '/help') }),
      keyboard: request.session.keyboard !== false,
      ofForce: request.session.person?.force !== undefined,
      roles: units.map(({ title, me, forces }) => ({
        unit: title,
        role: me.role.replaceAll('-', ' '),
        forces: forces.map(({ name }) => name).join(', '),
      })),
    });
  }

  @Post('preferences')
  @SignedIn()
  async save(
    @Req() request: DeskRequest,
    @Body() body: { readonly keyboard?: string },
    @Res() reply: HttpReply,
  ): Promise<void> {
    const keyboard = body.keyboard === 'on';
    await this.preferences.save(request.session.person?.subject ?? '', keyboard);
    request.session.keyboard = keyboard;
    request.session.notice = keyboard ? 'Keyboard shortcuts are on.' : 'Keyboard shortcuts are off.';
    void reply.redirect('/help', 303);
  }

  @Get('accessibility')
  @ForAnybody()
  async accessibility(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    await reply.view('accessibility.njk', {
      page: this.pages.of(request, { title: 'Accessibility statement' }),
    });
  }
}
