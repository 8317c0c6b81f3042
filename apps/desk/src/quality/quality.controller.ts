import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { counted } from '../layout/london-text.ts';
import { Pages, railAt } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { seesTeam, supervises } from '../units/manages.ts';
import type { Problem } from '../units/unit-api.ts';
import { UnitAway, UnitDesks } from '../units/unit-desks.ts';
import { WorkLists } from '../work/work-lists.ts';
import {
  drawForm,
  OUTCOME_WORDS,
  qualitySection,
  type RefusedOutcome,
  type TypedDraw,
  type TypedOutcome,
} from './quality.view.ts';

/** A form that is shown again. */
interface FormShownAgain {
  readonly status: number;
  readonly draw?: { readonly typed: TypedDraw; readonly problem: Pick<Problem, 'detail' | 'errors'> };
  readonly refused?: RefusedOutcome;
}
type Outcome = keyof typeof OUTCOME_WORDS;

const OPEN_MAX = 50;
const RECORDED_MAX = 10;

/** Samples of decided requests: draw one, look at each request, record what was found. */
@Controller('quality')
export class QualityController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async list(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    await this.send(request, reply);
  }

  @Post('draw')
  @SignedIn()
  async draw(@Req() request: DeskRequest, @Body() posted: TypedDraw, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    const { kind = '', count = '', from = '', to = '' } = posted;
    const [slug = '', name = ''] = kind.split('/');
    await this.requireRight(request, slug);
    try {
      const drawn = await this.desks.ask(session, slug, (client) =>
        client.drawChecks({ count: Number(count), from, to, ...(name !== '' && { type: name }) }),
      );
      session.notice =
        drawn.length > 0
          ? `${counted(drawn.length, 'request')} drawn.`
          : 'Nothing was drawn: every request of this period and kind was drawn before, is not decided, or was decided by you.';
      if (drawn.length === 0) session.nothingDone = true;
      void reply.redirect('/quality', 303);
    } catch (error) {
      const { status, problem } = problemOf(error);
      await this.send(request, reply, { status, draw: { typed: posted, problem } });
    }
  }

  @Post(':unit/:id')
  @SignedIn()
  async record(
    @Req() request: DeskRequest,
    @Param('unit') slug: string,
    @Param('id') id: string,
    @Body() posted: TypedOutcome,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    await this.requireRight(request, slug);
    if (!isUuid(id)) throw new Refusal('not-found', 'There is no such check.');
    const { outcome = '' } = posted;
    const remark = (posted.remark ?? '').replaceAll('\r\n', '\n').trim();
    try {
      // The unit refuses an outcome that it does not know.
      const found = { outcome: outcome as Outcome, ...(remark !== '' && { remark }) };
      const { request: checked } = await this.desks.ask(session, slug, (client) =>
        client.recordOutcome(id, found),
      );
      session.notice = `${checked.unitReference}: ${OUTCOME_WORDS[found.outcome]}.`;
      void reply.redirect('/quality', 303);
    } catch (error) {
      const { status, problem } = problemOf(error);
      if (status === 404) throw error;
      await this.send(request, reply, { status, refused: { id, typed: posted, problem } });
    }
  }

  private async requireRight({ session }: DeskRequest, slug: string): Promise<void> {
    const { present, away } = await this.desks.units(session);
    if (present.some((unit) => unit.slug === slug && supervises(unit))) return;
    if (away.includes(slug)) throw new UnitAway(slug);
    throw new Refusal('not-found', 'There is nothing at this address that you may change.');
  }

  private async send(request: DeskRequest, reply: HttpReply, again?: FormShownAgain): Promise<void> {
    const { session } = request;
    const { present, away } = await this.desks.units(session);
    const units = present.filter(seesTeam);
    const [silent] = away;
    if (units.length === 0 && silent !== undefined) throw new UnitAway(silent);
    if (units.length === 0) throw new Refusal('not-found', 'You lead no unit.');
    const ask = (list: 'open' | 'recorded', limit: number) =>
      this.desks.askAll(
        session,
        units.map(({ slug }) => slug),
        (client) => client.checks({ list, limit }),
      );
    const [open, recorded, { rail }] = await Promise.all([
      ask('open', OPEN_MAX),
      ask('recorded', RECORDED_MAX),
      this.lists.rail(session),
    ]);
    const sections = units.flatMap((unit) => {
      const [waiting, done] = [open, recorded].map((replies) =>
        replies.find((one) => one.unit === unit.slug),
      );
      return waiting?.answer && done?.answer
        ? [qualitySection(unit, waiting.answer, done.answer, again?.refused)]
        : [];
    });
    const led = units.filter(supervises);
    const missing = units.filter(({ slug }) => !sections.some((section) => section.slug === slug));
    await reply.code(again?.status ?? 200).view('quality.njk', {
      page: this.pages.of(request, { title: 'Quality checks', rail: railAt(rail, '/team') }),
      away: [...away.map((slug) => slug.replaceAll('-', ' ')), ...missing.map(({ title }) => title)],
      draw: led.length > 0 ? drawForm(led, again?.draw?.typed, again?.draw?.problem) : null,
      sections,
      severalUnits: units.length > 1,
      lost: lostText(again?.refused, sections),
    });
  }
}

/** The text of a form whose check is not open any more, so that nobody has to type it again. */
function lostText(
  refused: RefusedOutcome | undefined,
  sections: readonly { readonly open: readonly { readonly id: string; readonly form: unknown }[] }[],
): { readonly why: string; readonly remark: string } | null {
  if (
    !refused ||
    sections.some(({ open }) => open.some(({ id, form }) => id === refused.id && form !== null))
  )
    return null;
  return { why: refused.problem.detail, remark: refused.typed.remark ?? '' };
}

function problemOf(error: unknown): {
  readonly status: number;
  readonly problem: Pick<Problem, 'detail' | 'errors'>;
} {
  if (error instanceof Refused) return { status: error.status, problem: error.problem };
  if (error instanceof UnitAway)
    return {
      status: 503,
      problem: { detail: 'The unit does not answer at the moment. Send it again in a minute.' },
    };
  throw error;
}
