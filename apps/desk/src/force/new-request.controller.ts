import { createHash, randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { UnsentTexts, type TypedFields } from '../drafts/unsent-texts.store.ts';
import { forceRail } from '../intake/force-rail.ts';
import { IntakeDesk, type IntakeType } from '../intake/intake-desk.ts';
import { momentText } from '../layout/london-text.ts';
import { Pages, railAt } from '../layout/page.ts';
import { typedIn } from '../posted-form.ts';
import { answerForm } from '../request/answer-form.ts';
import { filledForm } from '../request/form.view.ts';
import { postedAnswer } from '../request/posted-answer.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { Problem } from '../units/unit-api.ts';
import { placeOf } from './force.view.ts';
import { forceOf, keyIn, notFound, type PostedMessage } from './posted-message.ts';

/** New requests of a force's own people, by a form for each kind of request. */
@Controller('force/new')
export class NewRequestController {
  constructor(
    @Inject(IntakeDesk) private readonly intake: IntakeDesk,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  /** The kinds of request by unit. */
  @Get()
  @SignedIn()
  async choose(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    forceOf(request);
    const [types, rail] = await Promise.all([
      this.intake.types(request.session),
      forceRail(this.intake, request.session, false),
    ]);
    const units = [...Map.groupBy(types, ({ unit }) => unit)].map(([unit, ofUnit]) => ({
      title: unit.charAt(0).toUpperCase() + unit.slice(1).replaceAll('-', ' '),
      types: ofUnit.map(({ name, title }) => ({ href: `/force/new/${unit}/${name}`, title })),
    }));
    await reply.view('force-new.njk', {
      page: this.pages.of(request, { title: 'New request', rail: railAt(rail, '/force/new') }),
      units,
    });
  }

  @Get(':unit/:command')
  @SignedIn()
  async fill(
    @Req() request: DeskRequest,
    @Param('command') name: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.sendNew(request, reply, await this.typeOf(request, name), {});
  }

  /** Submits a request. The same form sent twice is one request, because it carries its key. */
  @Post(':unit/:command')
  @SignedIn()
  async submit(
    @Req() request: DeskRequest,
    @Param('command') name: string,
    @Body() body: PostedMessage,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const force = forceOf(request);
    const type = await this.typeOf(request, name);
    const schema = await this.intake.schema(session, type.name, type.version, 'payload');
    const typed = typedIn(body);
    const key = keyIn(body);
    const reference = typeof body.reference === 'string' ? body.reference.trim() : '';
    const submission = {
      type: type.name,
      version: type.version,
      reference: reference === '' ? `DESK-${key.slice(0, 8).toUpperCase()}` : reference,
      payload: postedAnswer(answerForm(schema), typed),
    };
    try {
      const { request: made } = await this.intake.ask(session, (client) => client.fillIn(submission, key));
      await this.unsent.forget(this.draftOf(request, force, type));
      session.notice = `${made.reference} is submitted. The unit gets it at once.`;
      void reply.redirect(placeOf(made), 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.sendNew(request, reply, type, { typed, problem: error.problem, status: error.status });
    }
  }

  @Post(':unit/:command/unsent')
  @HttpCode(204)
  @SignedIn()
  async keepNew(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    forceOf(request);
    await this.unsent.keepPosted(request);
    void reply.code(204).send();
  }

  private async sendNew(
    request: DeskRequest,
    reply: HttpReply,
    type: IntakeType,
    {
      typed,
      problem,
      status = 200,
    }: { readonly typed?: TypedFields; readonly problem?: Problem; readonly status?: number },
  ): Promise<void> {
    const { session } = request;
    const force = forceOf(request);
    const [schema, rail] = await Promise.all([
      this.intake.schema(session, type.name, type.version, 'payload'),
      forceRail(this.intake, session, false),
    ]);
    const draft = this.draftOf(request, force, type);
    const kept = typed ? undefined : (await this.unsent.of(draft)).find((one) => one.command === type.name);
    const fields = typed ?? kept?.fields ?? {};
    await reply.code(status).view('force-fill.njk', {
      page: this.pages.of(request, { title: type.title, rail: railAt(rail, '/force/new') }),
      force,
      form: {
        ...{ command: type.name, title: type.title, submit: 'Send the request' },
        ...filledForm(answerForm(schema), fields, problem),
        ...{ key: randomUUID(), action: `/force/new/${type.unit}/${type.name}`, id: draft.requestId },
        ...{ reference: referenceIn(fields) },
        ...{ unsentAt: kept ? momentText(kept.typedAt.toISOString()) : null },
      },
    });
  }

  private async typeOf({ session }: DeskRequest, name: string): Promise<IntakeType> {
    const type = (await this.intake.types(session)).find((one) => one.name === name);
    if (!type) throw notFound();
    return type;
  }

  /** One draft for each person and kind of request. Its id stands for the request that does not exist yet. */
  private draftOf(
    { session }: DeskRequest,
    force: string,
    { name, unit }: IntakeType,
  ): { force: string; unit: string; requestId: string; person: string; command: string } {
    const person = session.person?.subject ?? '';
    const hex = createHash('sha256').update(`${person}\n${name}`).digest('hex');
    const requestId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    return { force, unit, requestId, person, command: name };
  }
}

const referenceIn = ({ reference }: PostedMessage): string =>
  typeof reference === 'string' ? reference : '';
