import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { Refused, type BulkBody } from '#client';
import { Refusal } from '#contracts';
import type { HttpReply } from '#web';
import type { TypedFields } from '../drafts/unsent-texts.store.ts';
import { inWords } from '../facts/in-words.ts';
import { counted } from '../layout/london-text.ts';
import { Pages, railAt } from '../layout/page.ts';
import { formView, partsOfCommand, type FormView } from '../request/form.view.ts';
import { postedAnswer, type PostedFields } from '../request/posted-answer.ts';
import { typedIn } from '../posted-form.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { Member, Problem, UnitAnswer } from '../units/unit-api.ts';
import { UnitAway, UnitDesks } from '../units/unit-desks.ts';
import { readWorkQuery, workAddress, writeWorkQuery, type WorkQuery } from '../work/work-query.ts';
import { WorkLists } from '../work/work-lists.ts';
import { readMarked, readParts, writeParts } from './bulk-address.ts';
import {
  assigneesOf,
  BULK_WORDS,
  bulkLink,
  bulkView,
  resultRows,
  wordsOf,
  type BulkPart,
} from './bulk.view.ts';

/** The words of an address that this controller reads, beside those of a list. */
interface Queried extends Readonly<Record<string, unknown>> {
  readonly do?: unknown;
  /** The parts of a bulk change, as `writeParts` writes them. */
  readonly b?: unknown;
  readonly from?: unknown;
  readonly only?: unknown;
  readonly unit?: unknown;
  readonly after?: unknown;
  readonly marked?: unknown;
}
interface PostedParts {
  readonly b?: unknown;
}

/** The requests to change: a list, or marked rows of it. */
interface Selection {
  readonly query: WorkQuery;
  readonly marked: ReadonlyMap<string, readonly string[]>;
  readonly units: readonly UnitAnswer[];
  /** The address of this selection without a command. */
  readonly address: string;
}

const RESULTS = 100;
const AWAY = 503;

/**
 * One command for a whole list: choose it, see what would change, confirm, and follow the result of each
 * request. Nothing changes before the confirmation.
 */
@Controller('bulk')
export class BulkController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async choose(@Req() request: DeskRequest, @Query() query: Queried, @Res() reply: HttpReply): Promise<void> {
    const command = typeof query.do === 'string' ? query.do : '';
    await this.sendForm(request, reply, query, command, {}, undefined);
  }

  /** Selects the requests at their units. A fault of the form brings it back with what was typed. */
  @Post('prepare')
  @SignedIn()
  async prepare(
    @Req() request: DeskRequest,
    @Query() query: Queried,
    @Body() posted: PostedFields,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const command = wordsOf(String(query.do))?.command;
    if (command === undefined) throw new Refusal('not-found', 'There is no such command.');
    const typed = typedIn(posted);
    const body = postedAnswer(partsOfCommand({ command, type: undefined, members: [] }), typed);
    const selection = await this.selectionOf(request, query);
    const parts = new Map<string, string>();
    try {
      for (const { slug } of selection.units) {
        const wanted = bodyFor(selection, slug, { command, body });
        const bulk = await this.desks.ask(session, slug, (client) => client.prepareBulk(wanted));
        parts.set(slug, bulk.id);
      }
    } catch (error) {
      const problem = error instanceof UnitAway ? awayProblem(error) : refusedProblem(error);
      return this.sendForm(request, reply, query, command, typed, problem, problem.status);
    }
    const back = encodeURIComponent(selection.address);
    void reply.redirect(`/bulk/confirm?b=${writeParts(parts)}&from=${back}`, 303);
  }

  @Get('confirm')
  @SignedIn()
  async confirm(
    @Req() request: DeskRequest,
    @Query() query: Queried,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const parts = await this.partsOf(request, query);
    const view = bulkView(parts);
    if (view.state !== 'prepared') {
      void reply.redirect(`/bulk/results?b=${writeParts(readParts(query.b))}`, 303);
      return;
    }
    const first = await this.rowsOf(request, parts, 10);
    const { rail } = await this.lists.rail(request.session);
    await reply.view('bulk-confirm.njk', {
      page: this.pages.of(request, { title: view.title, rail: railAt(rail, '/bulk/mine') }),
      bulk: view,
      parts: writeParts(readParts(query.b)),
      rows: first,
      back: backOf(query.from),
    });
  }

  @Post('start')
  @SignedIn()
  async start(
    @Req() request: DeskRequest,
    @Body() posted: PostedFields,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.move(request, posted, reply, 'start');
  }

  @Post('stop')
  @SignedIn()
  async stop(
    @Req() request: DeskRequest,
    @Body() posted: PostedFields,
    @Res() reply: HttpReply,
  ): Promise<void> {
    await this.move(request, posted, reply, 'stop');
  }

  @Get('results')
  @SignedIn()
  async results(
    @Req() request: DeskRequest,
    @Query() query: Queried,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const parts = await this.partsOf(request, query);
    const view = bulkView(parts);
    if (view.state === 'prepared') {
      void reply.redirect(`/bulk/confirm?b=${writeParts(readParts(query.b))}`, 303);
      return;
    }
    const only = query.only === 'refused' ? ('refused' as const) : undefined;
    const at = typeof query.unit === 'string' ? query.unit : undefined;
    const after = /^\d{1,6}$/.test(String(query.after)) ? Number(query.after) : 0;
    const sections = await Promise.all(
      parts
        .filter(({ unit }) => at === undefined || unit.slug === at)
        .map(async ({ unit, bulk }) => {
          const page = await this.desks.ask(session, unit.slug, (client) =>
            client.bulkItems(bulk.id, { after, limit: RESULTS, ...(only && { outcome: only }) }),
          );
          const address = new URLSearchParams({
            b: writeParts(readParts(query.b)),
            ...(only && { only }),
            unit: unit.slug,
            after: String(page.next ?? 0),
          });
          return {
            title: unit.title,
            rows: resultRows(unit, page.items),
            next: page.next === undefined ? null : `/bulk/results?${address.toString()}`,
          };
        }),
    );
    const { rail } = await this.lists.rail(session);
    await reply.view('bulk-results.njk', {
      page: this.pages.of(request, { title: view.title, rail: railAt(rail, '/bulk/mine') }),
      bulk: view,
      parts: writeParts(readParts(query.b)),
      only,
      sections,
      severalUnits: parts.length > 1,
    });
  }

  /** The bulk changes of this person at all units. */
  @Get('mine')
  @SignedIn()
  async mine(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    const { rail, units } = await this.lists.rail(session);
    const found = await this.desks.askAll(
      session,
      units.map(({ slug }) => slug),
      (client) => client.bulks(),
    );
    const links = found
      .flatMap(({ unit, answer }) => (answer?.items ?? []).map((bulk) => ({ unit, bulk })))
      .filter(({ bulk }) => bulk.state !== 'prepared')
      .sort((a, b) => (a.bulk.preparedAt < b.bulk.preparedAt ? 1 : -1))
      .flatMap(({ unit: slug, bulk }) => {
        const unit = units.find((one) => one.slug === slug);
        return unit ? [bulkLink(unit, bulk)] : [];
      });
    await reply.view('bulk-mine.njk', {
      page: this.pages.of(request, { title: 'Bulk changes', rail: railAt(rail, '/bulk/mine') }),
      links,
    });
  }

  private async move(
    { session }: DeskRequest,
    posted: PostedParts,
    reply: HttpReply,
    move: 'start' | 'stop',
  ): Promise<void> {
    const parts = readParts(posted.b);
    for (const [unit, id] of parts)
      await this.desks.ask(session, unit, (client) => client.moveBulk(id, move));
    void reply.redirect(parts.size > 0 ? `/bulk/results?b=${writeParts(parts)}` : '/bulk/mine', 303);
  }

  private async partsOf({ session }: DeskRequest, query: Queried): Promise<BulkPart[]> {
    const parts = readParts(query.b);
    if (parts.size === 0) throw new Refusal('not-found', 'There is no such bulk change.');
    return Promise.all(
      [...parts].map(async ([slug, id]) => {
        const [bulk, unit] = await Promise.all([
          this.desks.ask(session, slug, (client) => client.bulk(id)),
          this.desks.unit(session, slug),
        ]);
        return { bulk, unit };
      }),
    );
  }

  private async rowsOf({ session }: DeskRequest, parts: readonly BulkPart[], limit: number) {
    const pages = await Promise.all(
      parts.map(async ({ unit, bulk }) => {
        const page = await this.desks.ask(session, unit.slug, (client) =>
          client.bulkItems(bulk.id, { limit }),
        );
        return resultRows(unit, page.items);
      }),
    );
    return pages.flat().slice(0, limit);
  }

  private async selectionOf({ session }: DeskRequest, queried: Queried): Promise<Selection> {
    const query = readWorkQuery(queried);
    const marked = readMarked(queried.marked);
    const { present } = await this.desks.units(session);
    const units = present.filter(({ slug }) =>
      marked.size > 0 ? marked.has(slug) : query.unit === undefined || query.unit === slug,
    );
    const of = typeof queried.marked === 'string' && marked.size > 0 ? queried.marked : undefined;
    const parameters = new URLSearchParams(writeWorkQuery(query));
    if (of !== undefined) parameters.set('marked', of);
    return { query, marked, units, address: `/bulk?${parameters.toString()}` };
  }

  private async sendForm(
    request: DeskRequest,
    reply: HttpReply,
    query: Queried,
    command: string,
    typed: TypedFields,
    problem: Problem | undefined,
    status = 200,
  ): Promise<void> {
    const { session } = request;
    const selection = await this.selectionOf(request, query);
    const { list, rail } = await this.lists.read(session, selection.query);
    const [only] = selection.units;
    const alone = selection.units.length === 1 ? only : undefined;
    const words = wordsOf(command);
    // A unit that is away has no members to choose from; its form still comes back.
    const asked = alone && command === 'assign' && problem?.status !== AWAY;
    const members = asked ? await this.membersOf(session, alone) : [];
    const form = words && this.formOf(words.command, members, typed, problem);
    const count = [...selection.marked.values()].reduce((sum, { length }) => sum + length, 0);
    const separator = selection.address.endsWith('?') ? '' : '&';
    await reply.code(status).view('bulk.njk', {
      page: this.pages.of(request, { title: 'Change many requests', rail }),
      what: count > 0 ? counted(count, 'marked request') : list.total,
      marked: count > 0,
      tags: count > 0 ? [] : list.tags.map(({ text }) => text),
      listTitle: list.title,
      units: selection.units.map(({ title }) => title),
      commands: BULK_WORDS.filter((one) => one.command !== 'assign' || alone !== undefined).map((one) => ({
        ...one,
        href: `${selection.address}${separator}do=${one.command}`,
        current: one.command === command,
      })),
      assignNeedsOneUnit: alone === undefined,
      words,
      form,
      action: `/bulk/prepare${selection.address.slice('/bulk'.length)}${separator}do=${command}`,
      back: workAddress(selection.query),
    });
  }

  private formOf(
    command: string,
    members: readonly Member[],
    typed: TypedFields,
    problem: Problem | undefined,
  ): FormView | undefined {
    return formView({ command, force: 'Each force', type: undefined, members, typed, problem });
  }

  /** Everybody who may get requests of some force of the unit; the unit refuses the others one by one. */
  private async membersOf(session: DeskRequest['session'], unit: UnitAnswer): Promise<Member[]> {
    const lists = await Promise.all(
      unit.forces.map(({ slug }) =>
        this.desks.ask(session, unit.slug, (client) => client.members({ force: slug })),
      ),
    );
    return assigneesOf(
      unit,
      lists.flatMap(({ items }) => items),
    ) as Member[];
  }
}

function bodyFor(
  { query, marked }: Selection,
  unit: string,
  command: Pick<BulkBody, 'command' | 'body'>,
): BulkBody {
  const requests = marked.get(unit);
  if (requests) return { ...command, requests: [...requests] };
  const { who, force, type, state, group } = query;
  const assignee = query.assignee ?? (who === 'all' ? undefined : who);
  return {
    ...command,
    filter: {
      ...(assignee !== undefined && { assignee }),
      ...(force !== undefined && { force }),
      ...(type !== undefined && { type }),
      ...(state !== undefined && { state }),
      ...(group !== undefined && { group }),
    },
  };
}

function refusedProblem(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  throw error;
}

/** Says that nothing has changed, in the form that comes back with what was typed. */
function awayProblem({ unit }: UnitAway): Problem {
  const detail = `${inWords(unit)} does not answer. Nothing has changed. Try again in a minute.`;
  return { status: AWAY, code: 'unavailable', title: 'A unit does not answer', detail };
}

/** Only an address of this controller, so that nobody is led elsewhere. */
function backOf(from: unknown): string {
  return typeof from === 'string' && from.startsWith('/bulk?') ? from : '/work';
}
