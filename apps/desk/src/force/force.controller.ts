import { createHash, randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Refused, type ForceClient } from '#client';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import type { HttpReply } from '#web';
import { UnsentTexts, type TypedFields, type UnsentText } from '../drafts/unsent-texts.store.ts';
import { forceRail } from '../intake/force-rail.ts';
import { IntakeDesk, type IntakeType } from '../intake/intake-desk.ts';
import { momentText } from '../layout/london-text.ts';
import { Pages, railAt } from '../layout/page.ts';
import { answerForm } from '../request/answer-form.ts';
import { filledForm } from '../request/form.view.ts';
import { fieldsOfAnswer, postedAnswer } from '../request/posted-answer.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { Problem, Schema } from '../units/unit-api.ts';
import { correctedFields, forceForm } from './force-forms.ts';
import {
  FORCE_COMMANDS,
  FORCE_STATES,
  forceRequestView,
  placeOf,
  rowOf,
  type ForceCommand,
} from './force.view.ts';

/** The fields of a posted form, and those of the desk itself. */
interface PostedBody extends Readonly<Record<string, string | readonly string[] | undefined>> {
  /** The Idempotency-Key of the form. */
  readonly _key?: string | readonly string[];
  /** The version of the request that the person had read. */
  readonly _version?: string | readonly string[];
  readonly reference?: string | readonly string[];
}
interface Wanted {
  readonly state?: unknown;
  readonly reference?: unknown;
  readonly cursor?: unknown;
  readonly do?: unknown;
}

const PAGE = 50;
/** A page that waits for the unit reads itself again after this time; not earlier, because it is logged. */
const READ_AGAIN_SECONDS = 5;

/** The pages of a force's own people: their requests at all units, and new ones. */
@Controller('force')
export class ForceController {
  constructor(
    @Inject(IntakeDesk) private readonly intake: IntakeDesk,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async list(@Req() request: DeskRequest, @Query() wanted: Wanted, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    forceOf(request);
    const state = stateIn(wanted.state);
    const reference = typeof wanted.reference === 'string' ? wanted.reference.trim().slice(0, 100) : '';
    const cursor = typeof wanted.cursor === 'string' ? wanted.cursor : undefined;
    const filter = { ...(state && { state }), ...(reference !== '' && { reference }) };
    const [page, types, rail] = await Promise.all([
      this.intake.ask(session, (client) =>
        client.page({ ...filter, order: 'newest-change-first', limit: PAGE, ...(cursor && { cursor }) }),
      ),
      this.intake.types(session),
      forceRail(this.intake, session, false),
    ]);
    const next = new URLSearchParams({ ...filter, ...(page.next !== undefined && { cursor: page.next }) });
    const address = new URLSearchParams(filter).toString();
    await reply.view('force-list.njk', {
      page: this.pages.of(request, {
        title: state === 'waiting-for-force' ? 'Waiting for us' : 'Our requests',
        rail: railAt(rail, address === '' ? '/force' : `/force?${address}`),
      }),
      rows: page.items.map((item) => rowOf(item, types)),
      next: page.next === undefined ? null : `/force?${next.toString()}`,
      state,
      reference,
      states: [
        { value: '', text: 'Any state', selected: state === undefined },
        ...Object.entries(FORCE_STATES).map(([value, text]) => ({ value, text, selected: value === state })),
      ],
      filtered: address !== '',
    });
  }

  /** The kinds of request by unit. */
  @Get('new')
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

  @Get('new/:unit/:command')
  @SignedIn()
  async fill(
    @Req() request: DeskRequest,
    @Param('command') name: string,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.sendNew(request, reply, await this.typeOf(request, name), {});
  }

  /** Submits a request. The same form sent twice is one request, because it carries its key. */
  @Post('new/:unit/:command')
  @SignedIn()
  async submit(
    @Req() request: DeskRequest,
    @Param('command') name: string,
    @Body() body: PostedBody,
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

  @Post('new/:unit/:command/unsent')
  @HttpCode(204)
  @SignedIn()
  async keepNew(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    forceOf(request);
    await this.unsent.keepPosted(request);
    void reply.code(204).send();
  }

  @Get(':unit/:reference')
  @SignedIn()
  async show(
    @Req() request: DeskRequest,
    @Param('reference') id: string,
    @Query() wanted: Wanted,
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
    @Body() body: PostedBody,
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
    body: PostedBody,
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

/** The force of the person. The pages do not exist for anybody else. */
function forceOf({ session }: DeskRequest): string {
  const force = session.person?.force;
  if (force === undefined) throw notFound();
  return force;
}

const notFound = (): Refusal =>
  new Refusal('not-found', 'There is nothing at this address that you may see.');

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

function stateIn(word: unknown): keyof typeof FORCE_STATES | undefined {
  return (Object.keys(FORCE_STATES) as (keyof typeof FORCE_STATES)[]).find((state) => state === word);
}

/** The key that the form carries, so that the form sent twice has one effect. */
const keyIn = ({ _key: key }: PostedBody): string =>
  typeof key === 'string' && isUuid(key) ? key : randomUUID();

const referenceIn = ({ reference }: PostedBody): string => (typeof reference === 'string' ? reference : '');

/** The fields that a person typed; names with an underscore belong to the desk. */
function typedIn(body: PostedBody): TypedFields {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      value === undefined || name.startsWith('_') ? [] : [[name, value] as const],
    ),
  );
}

const NOTICES: Readonly<Record<ForceCommand, string>> = {
  reply: 'The reply is sent.',
  inform: 'The information is sent.',
  correct: 'The correction is sent. The unit accepts it, or says why not.',
  withdraw: 'The withdrawal is sent. The unit accepts it, or says why not.',
  reopen: 'The reopening is sent. The unit accepts it, or says why not.',
};
