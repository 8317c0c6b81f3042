import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Refused, type ForceClient } from '#client';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { UnsentTexts, type TypedFields, type UnsentText } from '../drafts/unsent-texts.store.ts';
import { forceRail } from '../intake/force-rail.ts';
import { IntakeDesk } from '../intake/intake-desk.ts';
import { momentText } from '../layout/london-text.ts';
import { Pages } from '../layout/page.ts';
import { typedIn } from '../posted-form.ts';
import { answerForm } from '../request/answer-form.ts';
import { filledForm } from '../request/form.view.ts';
import { fieldsOfAnswer, postedAnswer } from '../request/posted-answer.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { Problem, Schema } from '../units/unit-api.ts';
import { correctedFields, forceForm } from './force-forms.ts';
import { FORCE_COMMANDS, forceRequestView, type ForceCommand } from './force.view.ts';
import { forceOf, keyIn, notFound, type PostedMessage } from './posted-message.ts';

interface RequestAddress {
  readonly do?: unknown;
}

/** A page that waits for the unit reads itself again after this time; not earlier, because it is logged. */
const READ_AGAIN_SECONDS = 5;

/** One request as its force's own people see it, and the messages that they send about it. */
@Controller('force')
export class ForceRequestController {
  constructor(
    @Inject(IntakeDesk) private readonly intake: IntakeDesk,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get(':unit/:reference')
  @SignedIn()
  async show(
    @Req() request: DeskRequest,
    @Param('reference') id: string,
    @Query() wanted: RequestAddress,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.sendRequest(request, reply, id, { command: commandIn(wanted.do) });
  }

  /** Sends a message about a request. A refused one comes back with everything that was typed. */
  @Post(':unit/:reference/:command')
  @SignedIn()
  async send(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') id: string,
    @Param('command') word: string,
    @Body() body: PostedMessage,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const force = forceOf(request);
    const command = commandIn(word);
    if (command === undefined) throw notFound();
    const typed = typedIn(body);
    try {
      await this.intake.ask(request.session, (client) => this.sendTo(client, id, command, typed, body));
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 404) throw error;
      const { problem, status } = error;
      return this.sendRequest(request, reply, id, { command, typed, problem, status });
    }
    const person = request.session.person?.subject ?? '';
    await this.unsent.forget({ force, unit, requestId: id, person, command });
    request.session.notice = NOTICES[command];
    void reply.redirect(`/force/${unit}/${id}`, 303);
  }

  @Post(':unit/:reference/:command/unsent')
  @HttpCode(204)
  @SignedIn()
  async keep(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    forceOf(request);
    await this.unsent.keepPosted(request);
    void reply.code(204).send();
  }

  private async sendTo(
    client: ForceClient,
    id: string,
    command: ForceCommand,
    typed: TypedFields,
    body: PostedMessage,
  ): Promise<void> {
    const request = await client.read(id);
    const schema = (await client.schema(request.type, request.version, 'payload')) as Schema;
    const fields = postedAnswer(forceForm(command, schema).parts, typed);
    const { message, reason } = fields as { readonly message?: string; readonly reason?: string };
    const key = keyIn(body);
    const asked = Number(body._version ?? Number.NaN);
    switch (command) {
      case 'reply':
        return client.send(
          id,
          command,
          { message: message ?? '', ...(Number.isInteger(asked) && { questionVersion: asked }) },
          { key },
        );
      case 'inform':
        return client.send(id, command, { message: message ?? '' }, { key });
      case 'withdraw':
      case 'reopen':
        return client.send(id, command, { reason: reason ?? '' }, { key });
      case 'correct': {
        const payload = correctedFields(request, schema, fields) as Record<string, never>;
        return client.send(id, command, { reason: reason ?? '', payload }, { key });
      }
    }
  }

  private async sendRequest(
    request: DeskRequest,
    reply: HttpReply,
    id: string,
    {
      command,
      typed,
      problem,
      status = 200,
    }: {
      readonly command: ForceCommand | undefined;
      readonly typed?: TypedFields;
      readonly problem?: Problem;
      readonly status?: number;
    },
  ): Promise<void> {
    const { session } = request;
    const force = forceOf(request);
    if (!isUuid(id)) throw notFound();
    const [found, types, rail] = await Promise.all([
      this.intake.ask(session, (client) => client.read(id)),
      this.intake.types(session),
      forceRail(this.intake, session, false),
    ]);
    const [payload, answer] = await Promise.all([
      this.intake.schema(session, found.type, found.version, 'payload'),
      this.intake.schema(session, found.type, found.version, 'answer'),
    ]);
    const view = forceRequestView(found, types, { payload, answer });
    const place = { force, unit: found.unit, requestId: id, person: session.person?.subject ?? '' };
    const kept = typed ? [] : await this.unsent.of(place);
    const open = openCommand(
      command,
      kept,
      view.commands.map((one) => one.command),
    );
    const unsent = kept.find((one) => one.command === open);
    const words = open && forceForm(open, payload);
    const before = open === 'correct' ? fieldsOfAnswer(answerForm(payload), found.payload) : {};
    await reply.code(status).view('force-request.njk', {
      page: this.pages.of(request, { title: `${view.reference} ${view.title}`, rail }),
      request: view,
      again: view.isOver || words ? null : READ_AGAIN_SECONDS,
      force,
      form: words && {
        ...{ command: open, title: words.title, help: words.help, submit: words.submit },
        ...filledForm(words.parts, typed ?? { ...before, ...unsent?.fields }, problem),
        ...{ key: randomUUID(), version: found.sequence, action: `${view.place}/${open ?? ''}` },
        ...{ id, unsentAt: unsent ? momentText(unsent.typedAt.toISOString()) : null },
      },
    });
  }
}

function openCommand(
  wanted: ForceCommand | undefined,
  kept: readonly UnsentText[],
  allowed: readonly ForceCommand[],
): ForceCommand | undefined {
  if (wanted !== undefined) return wanted;
  const resumed = kept.map(({ command }) => commandIn(command)).find((one) => one && allowed.includes(one));
  return resumed ?? (allowed.includes('reply') ? 'reply' : undefined);
}

const commandIn = (word: unknown): ForceCommand | undefined => FORCE_COMMANDS.find((one) => one === word);

const NOTICES: Readonly<Record<ForceCommand, string>> = {
  reply: 'The reply is sent.',
  inform: 'The information is sent.',
  correct: 'The correction is sent. The unit accepts it, or says why not.',
  withdraw: 'The withdrawal is sent. The unit accepts it, or says why not.',
  reopen: 'The reopening is sent. The unit accepts it, or says why not.',
};
