import { Inject, Injectable } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { UnsentTexts, type TypedFields, type UnsentText } from '../drafts/unsent-texts.store.ts';
import { momentText } from '../layout/london-text.ts';
import { Pages } from '../layout/page.ts';
import { Presence } from '../presence/presence.store.ts';
import type { DeskRequest } from '../session/session.ts';
import { CannedTexts } from '../texts/canned-texts.store.ts';
import type { Member, Problem, Readers, RequestAnswer, UnitAnswer } from '../units/unit-api.ts';
import { UnitAway, UnitDesks, type Session } from '../units/unit-desks.ts';
import { WorkLists } from '../work/work-lists.ts';
import { readWorkQuery, writeWorkQuery } from '../work/work-query.ts';
import { hasForm } from './actions.ts';
import { answerForm } from './answer-form.ts';
import { formView, type FormView } from './form.view.ts';
import { fieldsOfAnswer } from './posted-answer.ts';
import { requestView, typeOf, type RequestView } from './request.view.ts';
import { timelineOf, type TimelineItem } from './timeline.ts';

/** The form that is open on the page, with what was typed and what was wrong with it. */
export interface OpenForm {
  readonly command: string;
  readonly typed?: TypedFields | undefined;
  readonly problem?: Problem | undefined;
  /** The mark of the unusual numbers about which the person was asked. */
  readonly asked?: string | undefined;
  /** The version that the person had read, if the request has changed since. */
  readonly readVersion?: number | undefined;
}

export interface PageOfRequest {
  readonly unit: string;
  readonly reference: string;
  readonly form?: OpenForm | undefined;
  /** A link that was refused, with what was typed. */
  readonly link?: { readonly says: string; readonly to: string; readonly kind: string };
  readonly status?: number;
}

/** The request with everything that its page needs. */
interface ReadRequest {
  readonly request: RequestAnswer;
  readonly unit: UnitAnswer;
}

/** Makes the page of one request, with the list beside it. */
@Injectable()
export class RequestPages {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(CannedTexts) private readonly texts: CannedTexts,
  ) {}

  async read(session: Session, slug: string, reference: string): Promise<ReadRequest> {
    const [request, unit] = await Promise.all([
      this.desks.ask(session, slug, (client) => client.read(reference)),
      this.desks.unit(session, slug),
    ]);
    return { request, unit };
  }

  async send(request: DeskRequest, reply: HttpReply, wanted: PageOfRequest): Promise<void> {
    const { session } = request;
    const query = readWorkQuery(request.query as Record<string, unknown>);
    const key = `${wanted.unit}/${wanted.reference}`;
    const [read, work] = await Promise.all([
      this.read(session, wanted.unit, wanted.reference),
      this.lists.read(session, query, key),
    ]);
    const [readers, others, form] = await Promise.all([
      this.readersOf(session, read),
      this.othersHere(session, read),
      this.formOf(session, read, wanted.form),
    ]);
    const view = requestView({ ...read, readers });
    await reply.code(wanted.status ?? 200).view('request.njk', {
      page: this.pages.of(request, { title: `${view.reference} ${view.title}`, rail: work.rail }),
      list: work.list,
      request: view,
      back: `/work${writeWorkQuery(query) === '' ? '' : `?${writeWorkQuery(query)}`}`,
      here: `/requests/${key}${writeWorkQuery(query) === '' ? '' : `?${writeWorkQuery(query)}`}`,
      others,
      form: form?.view,
      unsentAt: form?.unsentAt,
      link: wanted.link,
      conflict: conflictOf(read, wanted.form, view),
      texts: form?.view.textField ? await this.texts.filledIn(wanted.unit, wordsFor(session, view)) : [],
    });
  }

  private async readersOf(session: Session, { unit, request }: ReadRequest): Promise<Readers | undefined> {
    if (typeOf(unit, request)?.lawEnforcement === false) return { logged: false, items: [] };
    try {
      return await this.desks.ask(session, unit.slug, (client) => client.readers(request.id));
    } catch (error) {
      if (error instanceof UnitAway || error instanceof Refused) return undefined;
      throw error;
    }
  }

  /** Notes that this person looks at the request, and names the others who do. */
  private async othersHere(session: Session, { request, unit }: ReadRequest): Promise<string> {
    const { person } = session;
    if (!person) return '';
    const names = await this.presence.enter(unit.slug, request.id, person.subject, person.name);
    return presenceText(names);
  }

  private async formOf(
    session: Session,
    { request, unit }: ReadRequest,
    wanted: OpenForm | undefined,
  ): Promise<{ readonly view: FormView; readonly unsentAt: string | null } | undefined> {
    const kept = await this.unsent.of({
      ...{ force: request.force, unit: unit.slug, requestId: request.id },
      person: session.person?.subject ?? '',
    });
    const open = wanted ?? this.formToResume(request, kept);
    if (!open || !hasForm(open.command)) return undefined;
    const may = request.allowed.some(({ command, allowed }) => command === open.command && allowed);
    if (!may && open.problem === undefined) return undefined;
    const unsent = open.typed ? undefined : kept.find(({ command }) => command === open.command);
    const type = typeOf(unit, request);
    const typed = open.typed ?? unsent?.fields;
    const returned = typed || open.command !== 'propose' ? null : request.returnedProposal;
    const view = formView({
      command: open.command,
      force: unit.forces.find(({ slug }) => slug === request.force)?.name ?? request.force,
      type,
      members: open.command === 'assign' ? await this.membersFor(session, unit.slug, request.force) : [],
      typed: typed ?? (type && returned ? fieldsOfAnswer(answerForm(type.answer), returned.answer) : {}),
      problem: open.problem,
      asked: open.asked,
      returned: returned !== null,
    });
    return view && { view, unsentAt: unsent ? momentText(unsent.typedAt.toISOString()) : null };
  }

  /** The newest unsent text opens its form by itself, so that nobody has to remember it. */
  private formToResume(request: RequestAnswer, kept: readonly UnsentText[]): OpenForm | undefined {
    const allowed = new Set<string>(request.allowed.flatMap((one) => (one.allowed ? [one.command] : [])));
    const newest = kept.find(({ command }) => allowed.has(command));
    return newest && { command: newest.command };
  }

  private async membersFor(session: Session, unit: string, force: string): Promise<readonly Member[]> {
    return (await this.desks.ask(session, unit, (client) => client.members({ force }))).items;
  }
}

export function presenceText(names: readonly string[]): string {
  if (names.length === 0) return '';
  return `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} viewing this request too.`;
}

/** The changes since the version that the person had read. */
function conflictOf(
  { request, unit }: ReadRequest,
  form: OpenForm | undefined,
  view: RequestView,
): { readonly changes: readonly TimelineItem[]; readonly state: string; readonly who: string } | null {
  const read = form?.readVersion;
  if (read === undefined || read === request.version) return null;
  const events = request.timeline.filter(({ sequence }) => sequence > read);
  const since = events.at(-1)?.at ?? request.updatedAt;
  const changes = timelineOf(
    {
      ...request,
      timeline: events,
      notes: request.notes.filter(({ at }) => at >= since),
      corrections: request.corrections.filter(({ at }) => at >= since),
    },
    typeOf(unit, request),
    unit,
  );
  return { changes, state: view.state, who: view.who };
}

/** The words that replace the placeholders of ready-made texts. */
function wordsFor({ person }: Session, view: RequestView): Parameters<CannedTexts['filledIn']>[1] {
  const { reference, forceReference: theirs, force, title, due } = view;
  return { reference, theirs, force, title, due: due.exact, me: person?.name ?? '' };
}
