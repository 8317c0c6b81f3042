import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { momentText } from '../layout/london-text.ts';
import { Pages, railAt } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { manages } from '../units/manages.ts';
import { UnitDesks } from '../units/unit-desks.ts';
import { WorkLists } from '../work/work-lists.ts';
import { CannedTexts } from './canned-texts.store.ts';
import { PLACEHOLDERS, unknownPlaceholders } from './placeholders.ts';

interface PostedText {
  readonly unit?: string;
  readonly title?: string;
  readonly text?: string;
}

const TITLE_MAX = 80;
const TEXT_MAX = 4_000;

/** The ready-made texts of a person's units. */
@Controller('texts')
export class TextsController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(CannedTexts) private readonly texts: CannedTexts,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async list(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    await this.send(request, reply, {}, []);
  }

  @Post()
  @SignedIn()
  async save(@Req() request: DeskRequest, @Body() body: PostedText, @Res() reply: HttpReply): Promise<void> {
    const { unit = '', title = '', text = '' } = body;
    await this.requireRight(request, unit);
    const unknown = unknownPlaceholders(text);
    const errors = [
      ...(title.trim() !== '' && title.length <= TITLE_MAX
        ? []
        : [`Give the text a title of at most ${TITLE_MAX} characters.`]),
      ...(text.trim() !== '' && text.length <= TEXT_MAX
        ? []
        : [`Write a text of at most ${TEXT_MAX} characters.`]),
      ...unknown.map((name) => `There is no placeholder {{${name}}}. Use one of the list below the text.`),
    ];
    if (errors.length > 0) return this.send(request, reply, body, errors);
    const changedBy = request.session.person?.name ?? '';
    await this.texts.save({
      unit,
      title: title.trim(),
      text: text.replaceAll('\r\n', '\n').trim(),
      changedBy,
    });
    request.session.notice = `“${title.trim()}” is saved.`;
    void reply.redirect('/texts', 303);
  }

  @Post(':unit/:id/delete')
  @SignedIn()
  async remove(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('id') id: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.requireRight(request, unit);
    if (isUuid(id)) await this.texts.remove(unit, id);
    request.session.notice = 'The text is deleted.';
    void reply.redirect('/texts', 303);
  }

  private async requireRight({ session }: DeskRequest, slug: string): Promise<void> {
    const { present } = await this.desks.units(session);
    if (present.some((unit) => unit.slug === slug && manages(unit))) return;
    throw new Refusal('not-found', 'There is nothing at this address that you may change.');
  }

  private async send(
    request: DeskRequest,
    reply: HttpReply,
    typed: PostedText,
    errors: readonly string[],
  ): Promise<void> {
    const { rail, units } = await this.lists.rail(request.session);
    const texts = await this.texts.of(units.map(({ slug }) => slug));
    await reply.code(errors.length > 0 ? 400 : 200).view('texts.njk', {
      page: this.pages.of(request, { title: 'Ready-made texts', rail: railAt(rail, '/texts') }),
      errors: errors.map((text) => ({ text, href: '#text' })),
      typed,
      changeable: units.filter(manages).map(({ slug, title }) => ({
        value: slug,
        text: title,
        selected: typed.unit === slug,
      })),
      placeholders: Object.entries(PLACEHOLDERS).map(([name, means]) => ({ name: `{{${name}}}`, means })),
      units: units.map((unit) => ({
        title: unit.title,
        slug: unit.slug,
        mayChange: manages(unit),
        texts: texts
          .filter((text) => text.unit === unit.slug)
          .map((text) => ({ ...text, changed: momentText(text.changedAt.toISOString()) })),
      })),
    });
  }
}
