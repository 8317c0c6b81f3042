import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { UnsentTexts } from '../drafts/unsent-texts.store.ts';
import { typedIn } from '../posted-form.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { UnitDesks } from '../units/unit-desks.ts';
import { hasForm, isCommand } from './actions.ts';
import { askAbout, markOf, surprisesIn } from './cautions.ts';
import { isAnswer, partsOfCommand } from './form.view.ts';
import { postedAnswer, type PostedFields } from './posted-answer.ts';
import { RequestPages, type PageOfRequest } from './request-pages.ts';
import { typeOf } from './request.view.ts';

/** The page of a request, and the commands that people give on it. */
@Controller('requests')
export class RequestController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(RequestPages) private readonly requests: RequestPages,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
  ) {}

  @Get(':unit/:reference')
  @SignedIn()
  async show(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Query('do') command: unknown,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const form = typeof command === 'string' && hasForm(command) ? { command } : undefined;
    await this.requests.send(request, reply, { unit, reference, form });
  }

  /** A form that came back with a fault has the address of its command; a reload shows the form again. */
  @Get(':unit/:reference/:command')
  @SignedIn()
  again(
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Param('command') command: string,
    @Res() reply: HttpReply,
  ): void {
    const form = hasForm(command) ? `?do=${command}` : '';
    // The address is written again as it was asked for, with characters that a header cannot carry.
    const place = [unit, reference].map(encodeURIComponent).join('/');
    void reply.redirect(`/requests/${place}${form}`, 303);
  }

  /** Gives one command to the unit. If it is refused, the page comes back with everything that was typed. */
  @Post(':unit/:reference/:command')
  @SignedIn()
  async act(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Param('command') command: string,
    @Body() body: PostedFields,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const { request: task, unit: about } = await this.requests.read(session, unit, reference);
    const page: PageOfRequest = { unit, reference };
    if (!isCommand(command)) return this.requests.send(request, reply, { ...page, status: 404 });
    const type = typeOf(about, task);
    const typed = typedIn(body);
    const fields = postedAnswer(partsOfCommand({ command, type, members: MEMBERS_NOT_NEEDED }), typed);
    const readVersion = Number(textIn(body, '_version') ?? task.version);
    const version = { id: reference, version: readVersion };
    const surprises = isAnswer(command) ? surprisesIn(task.cautions, fields) : [];
    const asked = markOf(surprises);
    if (surprises.length > 0 && textIn(body, '_asked') !== asked) {
      const form = { command, typed, problem: askAbout(surprises), asked };
      return this.requests.send(request, reply, { ...page, form, status: 422 });
    }
    try {
      const body = isAnswer(command) ? { answer: fields } : fields;
      await this.desks.ask(session, unit, (client) => client.fillIn(version, command, body));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { problem, status } = error;
      const form = { command, typed, problem, asked, ...(status === 412 && { readVersion }) };
      return this.requests.send(request, reply, { ...page, form, status });
    }
    const person = session.person?.subject ?? '';
    await this.unsent.forget({ force: task.force, unit, requestId: task.id, person, command });
    session.notice = NOTICES[command]?.(task.unitReference) ?? `${task.unitReference} is saved.`;
    void reply.redirect(await this.placeAfter(request, body, unit, reference, command), 303);
  }

  /** Keeps what is typed while it is typed; the script sends it every few seconds. */
  @Post(':unit/:reference/:command/unsent')
  @HttpCode(204)
  @SignedIn()
  async keep(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    if (request.session.person?.units.includes(unit) === true) await this.unsent.keepPosted(request);
    void reply.code(204).send();
  }

  /** Throws away what was typed and not sent. */
  @Post(':unit/:reference/:command/discard')
  @SignedIn()
  async discard(
    @Req() request: DeskRequest,
    @Param('unit') unit: string,
    @Param('reference') reference: string,
    @Param('command') command: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { request: task } = await this.requests.read(request.session, unit, reference);
    const person = request.session.person?.subject ?? '';
    await this.unsent.forget({ force: task.force, unit, requestId: task.id, person, command });
    void reply.redirect(`/requests/${unit}/${reference}`, 303);
  }

  /** "Answer, then open next" claims the next request of the unit; otherwise the page stays. */
  private async placeAfter(
    { session, query }: DeskRequest,
    body: PostedFields,
    unit: string,
    reference: string,
    command: string,
  ): Promise<string> {
    if (textIn(body, '_then') !== 'next' || !ENDS.includes(command)) {
      const from = new URLSearchParams(query as Record<string, string>);
      from.delete('do');
      return `/requests/${unit}/${reference}${from.size > 0 ? `?${from.toString()}` : ''}`;
    }
    const next = await this.desks.ask(session, unit, (client) => client.next());
    if (next) return `/requests/${unit}/${next.unitReference}`;
    session.notice = `${session.notice ?? ''} Nothing else waits in this unit.`;
    return '/work';
  }
}

/** The unit checks the assignee; the form needs the members only to list them. */
const MEMBERS_NOT_NEEDED: readonly never[] = [];
const ENDS: readonly string[] = ['answer', 'propose', 'decline', 'confirm'];

const NOTICES: Readonly<Record<string, (reference: string) => string>> = {
  claim: (reference) => `You have claimed ${reference}.`,
  answer: (reference) => `${reference} is answered. The force is notified.`,
  propose: (reference) => `Your answer to ${reference} awaits a second person.`,
  confirm: (reference) => `${reference} is answered. The force is notified.`,
  return: (reference) => `${reference} is returned to the person who proposed the answer.`,
  ask: (reference) => `The question about ${reference} is sent. The clocks that may pause have stopped.`,
  hold: (reference) => `${reference} is on hold. The clocks that may pause have stopped.`,
  resume: (reference) => `${reference} is in work again.`,
  release: (reference) => `${reference} is back in the queue.`,
  decline: (reference) => `${reference} is declined. The force is notified.`,
  note: (reference) => `The note is added to ${reference}.`,
  milestone: (reference) => `The milestone of ${reference} is recorded.`,
  assign: (reference) => `${reference} is assigned.`,
  'withdraw-question': (reference) => `The question about ${reference} is withdrawn.`,
};

function textIn(body: PostedFields, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}
