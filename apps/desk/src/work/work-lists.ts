import { Inject, Injectable } from '@nestjs/common';
import type { QueueQuery } from '#client';
import { UnsentTexts } from '../drafts/unsent-texts.store.ts';
import { forceRail } from '../intake/force-rail.ts';
import { IntakeDesk } from '../intake/intake-desk.ts';
import type { RailItem } from '../layout/page.ts';
import { SavedViews } from './saved-views.store.ts';
import type { QueueAnswer, UnitAnswer } from '../units/unit-api.ts';
import { seesTeam } from '../units/manages.ts';
import { QueueWatch } from '../units/queue-watch.ts';
import { UnitDesks, type Session } from '../units/unit-desks.ts';
import { listView, works, type ListView } from './list.view.ts';
import { END, filteredCounts, mergeQueues } from './merge-queues.ts';
import { workAddress, writeWorkQuery, type WorkQuery } from './work-query.ts';

const PAGE = 50;

/** A list of work with the rail that leads to the others. */
export interface WorkList {
  readonly list: ListView;
  readonly rail: readonly { readonly heading?: string; readonly items: readonly RailItem[] }[];
  readonly units: readonly UnitAnswer[];
}

/** Reads the queues of a person's units and makes one list of them. */
@Injectable()
export class WorkLists {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(SavedViews) private readonly views: SavedViews,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(QueueWatch) private readonly watch: QueueWatch,
    @Inject(IntakeDesk) private readonly intake: IntakeDesk,
  ) {}

  /** The rail of a page without a list. */
  async rail(session: Session): Promise<Pick<WorkList, 'rail' | 'units'>> {
    const mine = session.person?.units ?? [];
    await this.watch.expect(session);
    const [ofForce, { present }, counted, views] = await Promise.all([
      forceRail(this.intake, session, mine.length > 0),
      this.desks.units(session),
      this.countsOf(session, mine),
      this.views.of(session.person?.subject ?? '', mine),
    ]);
    const ofUnits = railOf(undefined, counted, present, views);
    return {
      rail:
        mine.length > 0 || ofForce.length === 0
          ? [...ofUnits, ...ofForce]
          : [...ofForce, ...ofUnits.slice(-1)],
      units: present,
    };
  }

  /** `open` is the key of the request that is open beside the list. */
  async read(session: Session, query: WorkQuery, open: string | null = null): Promise<WorkList> {
    const mine = session.person?.units ?? [];
    await this.watch.expect(session);
    const filtered = (query.unit ?? query.force ?? query.type) !== undefined;
    const [{ present, away }, reached, whole, views] = await Promise.all([
      this.desks.units(session),
      this.desks.askAll(session, unitsOf(query, mine), (client) =>
        client.queue(queryOfUnit(query, client.unit)),
      ),
      // The numbers of the rail are those of its own lists, whatever this list is filtered by.
      filtered ? this.countsOf(session, mine) : undefined,
      this.views.of(session.person?.subject ?? '', mine),
    ]);
    const queues = reached.flatMap((one) => (one.away ? [] : [one]));
    const missing = [...new Set([...away, ...reached.flatMap((one) => (one.away ? [one.unit] : []))])];
    const shown = queues.filter(({ unit }) => query.after.get(unit) !== END);
    const merged = mergeQueues(shown, { sort: query.sort, limit: PAGE, after: query.after });
    const me = session.person?.subject ?? '';
    const items = merged.groups.flatMap((group) => group.items);
    const list = listView({
      query,
      merged: { ...merged, counts: filteredCounts(queues) },
      units: present,
      away: missing.map((slug) => titleOf(present, slug)),
      me,
      unsent: await this.unsent.among(me, items),
      open,
    });
    return {
      list,
      rail: railOf(query, whole ?? queues.map(({ answer }) => answer), present, views),
      units: present,
    };
  }

  /** The units that answer, with the numbers of their whole queues. */
  private async countsOf(session: Session, units: readonly string[]): Promise<QueueAnswer[]> {
    const reached = await this.desks.askAll(session, units, (client) => client.queue({ limit: 1 }));
    return reached.flatMap(({ answer }) => (answer ? [answer] : []));
  }
}

const titleOf = (units: readonly UnitAnswer[], slug: string): string =>
  units.find((unit) => unit.slug === slug)?.title ?? slug.replaceAll('-', ' ');

function unitsOf(query: WorkQuery, mine: readonly string[]): readonly string[] {
  return query.unit === undefined ? mine : mine.filter((unit) => unit === query.unit);
}

export function queryOfUnit({ who, sort, after, ...filter }: WorkQuery, unit: string): QueueQuery {
  const place = after.get(unit);
  const assignee = filter.assignee ?? (who === 'all' ? undefined : who);
  return {
    ...{ limit: PAGE, places: 'true', sort },
    ...(assignee !== undefined && { assignee }),
    ...(filter.force !== undefined && { force: filter.force }),
    ...(filter.type !== undefined && { type: filter.type }),
    ...(filter.state !== undefined && { state: filter.state }),
    ...(filter.group !== undefined && { group: filter.group }),
    ...(place !== undefined && place !== END && { cursor: place }),
  };
}

/** Without a query, no entry is the current one. */
function railOf(
  query: WorkQuery | undefined,
  answers: readonly QueueAnswer[],
  units: readonly UnitAnswer[],
  views: Awaited<ReturnType<SavedViews['of']>>,
): WorkList['rail'] {
  const sum = (numberOf: (answer: QueueAnswer) => number): number =>
    answers.reduce((total, answer) => total + numberOf(answer), 0);
  const open = (answer: QueueAnswer): number =>
    Object.values(answer.counts).reduce((total, count) => total + count, 0);
  const now = query && writeWorkQuery(query);
  const item = (
    key: string,
    text: string,
    who: WorkQuery['who'],
    count: number,
    state?: 'awaiting-decision',
  ) => {
    const target: WorkQuery = { ...EVERYTHING, who, state };
    return { key, text, href: workAddress(target), current: writeWorkQuery(target) === now, count };
  };
  const decides = units.some(
    ({ me, types }) =>
      me.role === 'decision-maker' && types.some(({ decision }) => decision !== 'one-person'),
  );
  const main: RailItem[] = [
    item(
      'mine',
      'My work',
      'me',
      sum(({ mine }) => mine),
    ),
    item(
      'unassigned',
      'Unassigned',
      'none',
      sum(({ countsByState }) => countsByState.queued),
    ),
    item('all', units.length > 1 ? 'All my units' : 'Whole unit', 'all', sum(open)),
    ...(decides
      ? [
          item(
            'decisions',
            'Decisions',
            'all',
            sum(({ countsByState: { 'awaiting-decision': proposed } }) => proposed),
            'awaiting-decision',
          ),
        ]
      : []),
    finishedItem(query, units),
  ];
  const saved: RailItem[] = views.map((view) => ({
    key: `view-${view.id}`,
    text: view.name,
    href: `/work?${view.query}`,
    current: view.query === now,
  }));
  const mayChange = units.some(({ me }) => works(me.role));
  const more: RailItem[] = [
    ...(saved.length > 0
      ? [{ key: 'views', text: 'Manage saved lists', href: '/views', current: false }]
      : []),
    ...(units.some(seesTeam) ? [{ key: 'team', text: 'Team', href: '/team', current: false }] : []),
    ...(mayChange ? [{ key: 'bulk', text: 'Bulk changes', href: '/bulk/mine', current: false }] : []),
    { key: 'texts', text: 'Ready-made texts', href: '/texts', current: false },
    { key: 'help', text: 'Help and tour', href: '/help', current: false },
  ];
  return [
    { items: main },
    ...(saved.length > 0 ? [{ heading: 'Saved lists', items: saved }] : []),
    { heading: 'More', items: more },
  ];
}

/** Leads to the person's own finished work; people who do not work on requests see that of everybody. */
function finishedItem(query: WorkQuery | undefined, units: readonly UnitAnswer[]): RailItem {
  const target: WorkQuery = {
    ...EVERYTHING,
    who: units.some(({ me }) => works(me.role)) ? 'me' : 'all',
    sort: 'finished',
  };
  const current =
    query !== undefined && writeWorkQuery({ ...target, who: query.who }) === writeWorkQuery(query);
  return { key: 'finished', text: 'Finished', href: workAddress(target), current };
}

export const EVERYTHING: WorkQuery = {
  who: 'all',
  assignee: undefined,
  unit: undefined,
  force: undefined,
  type: undefined,
  state: undefined,
  group: undefined,
  sort: 'due',
  after: new Map(),
};
