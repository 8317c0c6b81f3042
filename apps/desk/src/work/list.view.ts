import { FINAL_STATES, STATES, URGENCIES } from '#requests';
import { counted } from '../layout/london-text.ts';
import { nameOf } from '../units/name-of.ts';
import type { UnitAnswer } from '../units/unit-api.ts';
import { dueView, type DueView } from './due-words.ts';
import { answerText, FINISHED_TITLES, finishedView, otherFinished } from './finished.ts';
import type { MergedItem, MergedPage } from './merge-queues.ts';
import { STATE_WORDS, URGENCY_WORDS } from './state-words.ts';
import { workAddress, writeWorkQuery, type Sort, type WorkQuery, type Whose } from './work-query.ts';

export interface Row {
  readonly key: string;
  readonly version: number;
  readonly href: string;
  readonly title: string;
  /** The line that says what the request is about. */
  readonly subject: string;
  readonly reference: string;
  readonly theirs: string;
  /** In a list without the word that all forces share. */
  readonly force: string;
  readonly forceName: string;
  readonly state: string;
  readonly who: string;
  readonly due: DueView;
  /** In a list of finished requests. */
  readonly answer?: string | undefined;
  /** True if the person has typed text for it that was not sent. */
  readonly unsent: boolean;
  readonly current: boolean;
}

interface SelectField {
  readonly id: string;
  readonly name: string;
  readonly label: { readonly text: string };
  readonly items: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
}

/** The list of work as its template shows it. */
export interface ListView {
  readonly title: string;
  readonly total: string;
  readonly who: Whose;
  /** The person whose requests are shown. */
  readonly assignee: string | undefined;
  readonly query: string;
  readonly mayGetNext: boolean;
  /** Leads to one command for the whole list; null if there is nothing to change. */
  readonly bulk: string | null;
  /** The whole list as a file for a spreadsheet. */
  readonly csv: string | null;
  /** Another choice of the same list: one's own, or that of everybody. */
  readonly other: { readonly text: string; readonly href: string } | null;
  readonly tags: readonly { readonly text: string; readonly href: string }[];
  readonly filters: readonly SelectField[];
  readonly filtersOpen: boolean;
  readonly saveView: SelectField | null;
  readonly away: readonly string[];
  /** The parts of the address that name nothing. */
  readonly unknown: readonly string[];
  readonly columns: readonly {
    readonly text: string;
    readonly classes: string;
    readonly href?: string | undefined;
    readonly sorted?: 'ascending' | 'descending' | undefined;
  }[];
  readonly groups: readonly {
    readonly title: string;
    readonly count: string;
    readonly rows: readonly Row[];
  }[];
  readonly first: string | null;
  readonly next: string | null;
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly links: readonly { readonly text: string; readonly href: string }[];
  };
}

export interface ListParts {
  readonly query: WorkQuery;
  readonly merged: MergedPage;
  readonly units: readonly UnitAnswer[];
  /** The titles of units that do not answer. */
  readonly away: readonly string[];
  readonly me: string;
  /** The ids of the requests for which the person has unsent text. */
  readonly unsent: ReadonlySet<string>;
  /** The key of the request that is open beside the list. */
  readonly open: string | null;
}

/** The roles that claim requests. */
const WORKING: readonly string[] = ['caseworker', 'supervisor'];
export const works = (role: string): boolean => WORKING.includes(role);
const TITLES: Readonly<Record<Whose, string>> = { me: 'My work', none: 'Unassigned', all: 'Whole unit' };

export function listView(parts: ListParts): ListView {
  const { query, merged, units, away } = parts;
  const asked = writeWorkQuery(query);
  const some = merged.groups.length > 0;
  return {
    title: titleOfList(query, units),
    total: totalOf(parts),
    who: query.who,
    assignee: query.assignee,
    query: writeWorkQuery(query),
    mayGetNext: units.some(({ me }) => works(me.role)),
    bulk: some && mayChangeMany(parts) ? `/bulk?${asked}` : null,
    csv: some ? `/work.csv?${asked}` : null,
    other: query.sort === 'finished' && query.assignee === undefined ? otherFinished(query) : null,
    tags: tagsOf(parts),
    filters: filtersOf(parts),
    filtersOpen: false,
    saveView: saveViewOf(units),
    away: away.map(
      (title) =>
        `${title} does not answer at the moment. Its requests are missing from this list; nothing is lost.`,
    ),
    unknown: unknownOf(parts),
    columns: columnsOf(query),
    groups: merged.groups.map(({ name, count, items }) => ({
      title: name === null ? 'By arrival' : URGENCY_WORDS[name],
      count: count === null ? '' : count.toLocaleString('en-GB'),
      rows: items.map((item) => rowOf(item, parts)),
    })),
    first: query.after.size > 0 ? workAddress(query) : null,
    next: merged.after ? workAddress(query, { after: merged.after }) : null,
    empty: emptyOf(parts),
  };
}

function titleOfList(query: WorkQuery, units: readonly UnitAnswer[]): string {
  const finished = query.sort === 'finished';
  if (query.assignee !== undefined)
    return `${finished ? 'Finished by' : 'Requests of'} ${personName(units, query.assignee)}`;
  if (isDecisions(query)) return 'Decisions';
  if (finished) return FINISHED_TITLES[query.who];
  return query.who === 'all' && units.length > 1 ? 'All my units' : TITLES[query.who];
}

const isDecisions = ({ state, who, assignee }: WorkQuery): boolean =>
  state === 'awaiting-decision' && who === 'all' && assignee === undefined;

/** Finished requests are not changed, and people who only read change nothing. */
function mayChangeMany({ query, units }: ListParts): boolean {
  const finished = query.state !== undefined && FINAL_STATES.includes(query.state);
  return !finished && query.sort !== 'finished' && units.some(({ me }) => works(me.role));
}

const PARTS: Readonly<Record<string, string>> = {
  ...{ who: 'list', assignee: 'person', unit: 'unit', force: 'force', type: 'kind of request' },
  ...{ state: 'state', group: 'urgency', sort: 'order' },
};
/** The longest value of an address that is repeated on the page. */
const VALUE_MAX = 40;

/**
 * The parts of an address that name nothing, with what the list shows instead. While a unit is away, its
 * kinds of request are not known.
 */
function unknownOf({ query, units, away }: ListParts): string[] {
  const inUnits = [
    { name: 'unit', value: query.unit, known: units.map(({ slug }) => slug) },
    { name: 'force', value: query.force, known: forcesOf(units).map(([slug]) => slug) },
    { name: 'type', value: query.type, known: typesOf(units).map(([type]) => type) },
  ];
  const text = (name: string, value: string, then: string): string =>
    `There is no ${PARTS[name] ?? name} “${value.slice(0, VALUE_MAX)}”${then}`;
  return [
    ...(query.unknown ?? []).map(({ name, value }) =>
      text(
        name,
        value,
        name === 'who' ? ': these are your own requests.' : ': the list is shown without it.',
      ),
    ),
    ...inUnits.flatMap(({ name, value, known }) =>
      value === undefined || known.includes(value) || away.length > 0
        ? []
        : [text(name, value, ' in your work, so the list is empty.')],
    ),
  ];
}

/** The number of requests under all filters. Finished requests are not counted: they grow for years. */
function totalOf({ query, merged }: ListParts): string {
  if (query.sort === 'finished') return '';
  if (query.state !== undefined && FINAL_STATES.includes(query.state)) return '';
  const open = Object.values(merged.counts).reduce((sum, count) => sum + count, 0);
  return counted(query.group === undefined ? open : merged.counts[query.group], 'request');
}

function rowOf(item: MergedItem, { query, units, me, open, unsent }: ListParts): Row {
  const unit = units.find(({ slug }) => slug === item.unit);
  const key = `${item.unit}/${item.unitReference}`;
  const from = writeWorkQuery(query, { after: query.after });
  return {
    key,
    version: item.version,
    href: `/requests/${key}${from === '' ? '' : `?${from}`}`,
    title: item.title,
    subject: item.subject,
    reference: item.unitReference,
    theirs: item.forceReference,
    ...forceWords(unit, item.force),
    state: STATE_WORDS[item.state],
    who: whoHas(item.assignee, me, unit),
    due: query.sort === 'finished' ? finishedView(item) : dueView(item),
    answer: item.answer && answerText(item.answer, unit, item.type),
    unsent: unsent.has(item.id),
    current: key === open,
  };
}

/** The person who has a request, in one or two words. */
export function whoHas(assignee: string | null, me: string, unit: UnitAnswer | undefined): string {
  if (assignee === null) return 'Nobody yet';
  return assignee === me ? 'You' : nameOf(unit, assignee);
}

/** The name of a force, in full and as it is shown in a dense list. */
export function forceWords(
  unit: UnitAnswer | undefined,
  slug: string,
): { readonly force: string; readonly forceName: string } {
  const forceName = unit?.forces.find((force) => force.slug === slug)?.name ?? slug;
  return { forceName, force: forceName.replace(/ (?:Police|Constabulary)$/, '') };
}

function tagsOf({ query, units }: ListParts): ListView['tags'] {
  const tag = (text: string | undefined, changes: Partial<WorkQuery>): ListView['tags'] =>
    text === undefined ? [] : [{ text, href: workAddress(query, changes) }];
  return [
    ...tag(query.assignee && personName(units, query.assignee), { assignee: undefined }),
    ...tag(query.unit && (titleOf(units, query.unit) ?? query.unit), { unit: undefined, type: undefined }),
    ...tag(query.force && forceName(units, query.force), { force: undefined }),
    ...tag(query.type && typeTitle(units, query.type), { type: undefined }),
    ...tag(query.group && URGENCY_WORDS[query.group], { group: undefined }),
    ...(isDecisions(query) ? [] : tag(query.state && STATE_WORDS[query.state], { state: undefined })),
  ];
}

const titleOf = (units: readonly UnitAnswer[], slug: string): string | undefined =>
  units.find((unit) => unit.slug === slug)?.title;
const personName = (units: readonly UnitAnswer[], person: string): string =>
  units.flatMap(({ people }) => people).find((one) => one.person === person)?.name ?? person;
const forceName = (units: readonly UnitAnswer[], slug: string): string =>
  forcesOf(units).find(([force]) => force === slug)?.[1] ?? slug;
const typeTitle = (units: readonly UnitAnswer[], name: string): string =>
  typesOf(units).find(([type]) => type === name)?.[1] ?? name;

function forcesOf(units: readonly UnitAnswer[]): readonly (readonly [string, string])[] {
  return [...new Map(units.flatMap(({ forces }) => forces.map(({ slug, name }) => [slug, name] as const)))];
}

function typesOf(units: readonly UnitAnswer[]): readonly (readonly [string, string])[] {
  return [...new Map(units.flatMap(({ types }) => types.map(({ name, title }) => [name, title] as const)))];
}

function filtersOf({ query, units }: ListParts): SelectField[] {
  const select = (
    name: string,
    label: string,
    any: string | null,
    chosen: string | undefined,
    options: readonly (readonly [string, string])[],
  ): SelectField => ({
    id: `filter-${name}`,
    name,
    label: { text: label },
    items: [...(any === null ? [] : [['', any] as const]), ...options].map(([value, text]) => ({
      value,
      text,
      selected: value === (chosen ?? ''),
    })),
  });
  const ofUnit = query.unit === undefined ? units : units.filter(({ slug }) => slug === query.unit);
  return [
    ...(units.length > 1
      ? [
          select(
            'unit',
            'Unit',
            'Every unit',
            query.unit,
            units.map(({ slug, title }) => [slug, title]),
          ),
        ]
      : []),
    select('force', 'Force', 'Every force', query.force, forcesOf(units)),
    select('type', 'Kind of request', 'Every kind', query.type, typesOf(ofUnit)),
    select(
      'group',
      'Urgency',
      'Any',
      query.group,
      URGENCIES.map((urgency) => [urgency, URGENCY_WORDS[urgency]]),
    ),
    select(
      'state',
      'State',
      query.sort === 'finished' ? 'Any finished state' : 'Any open state',
      query.state,
      STATES.map((state) => [state, STATE_WORDS[state]]),
    ),
    select('sort', 'Sort', null, query.sort, [
      ['due', 'Order of work'],
      ['oldest', 'Oldest first'],
      ['newest', 'Newest first'],
      ['finished', 'Finished, newest answer first'],
    ]),
  ];
}

function saveViewOf(units: readonly UnitAnswer[]): SelectField {
  return {
    id: 'view-for',
    name: 'unit',
    label: { text: 'For' },
    items: [
      { value: '', text: 'Me', selected: true },
      ...units.map(({ slug, title }) => ({ value: slug, text: `Everybody in ${title}`, selected: false })),
    ],
  };
}

function columnsOf(query: WorkQuery): ListView['columns'] {
  const sortedBy = (sort: Sort): string | undefined =>
    query.sort === sort ? undefined : workAddress(query, { sort });
  const arrival = query.sort === 'oldest' ? 'newest' : 'oldest';
  return [
    {
      text: 'Request',
      classes: '',
      href: workAddress(query, { sort: arrival }),
      sorted: query.sort === 'oldest' ? 'ascending' : query.sort === 'newest' ? 'descending' : undefined,
    },
    { text: 'Force', classes: 'col-force' },
    { text: 'Who has it', classes: 'col-who' },
    {
      text: query.sort === 'finished' ? 'Finished' : 'Due',
      classes: '',
      href: sortedBy('due'),
      sorted: query.sort === 'due' ? 'ascending' : query.sort === 'finished' ? 'descending' : undefined,
    },
  ];
}

function emptyOf({ query, units }: ListParts): ListView['empty'] {
  const filtered = ['assignee', 'unit', 'force', 'type', 'state', 'group'].some(
    (name) => query[name as keyof WorkQuery] !== undefined,
  );
  const unassigned = {
    text: 'See what nobody has yet',
    href: workAddress(query, { ...NO_FILTER, who: 'none' }),
  };
  if (units.length === 0)
    return {
      title: 'You have no unit yet',
      text: 'The desk is for the staff of the shared units, and your sign-in names none that answers. If you work in a unit, ask its administrator to give you a role, then sign in again. A force sees its requests in its own system.',
      links: [],
    };
  const others = ['assignee', 'unit', 'force', 'type', 'group'].some(
    (name) => query[name as keyof WorkQuery] !== undefined,
  );
  if (query.state === 'awaiting-decision' && query.who === 'all' && !others)
    return {
      title: 'No answer awaits a decision',
      text: 'A proposed answer appears here by itself, and waits for a second person.',
      links: [{ text: 'Back to my work', href: '/work' }],
    };
  if (filtered)
    return {
      title: 'Nothing matches these filters',
      text: 'Remove a filter above, or begin again.',
      links: [{ text: 'Remove all filters', href: workAddress(query, NO_FILTER) }],
    };
  if (query.sort === 'finished')
    return {
      title: query.who === 'me' ? 'You have finished no request yet' : 'No request is finished yet',
      text: 'A request is here after it is answered, declined or withdrawn, the newest first.',
      links: [],
    };
  if (query.who === 'me')
    return {
      title: 'You have no open requests',
      ...(units.some(({ me }) => works(me.role))
        ? { text: 'Press “Get next” to claim the most urgent request that nobody has.', links: [unassigned] }
        : {
            text: 'Your role does not claim requests. You can read all requests of your units.',
            links: [{ text: 'See all requests', href: workAddress(query, { ...NO_FILTER, who: 'all' }) }],
          }),
    };
  return {
    title: query.who === 'none' ? 'Nothing waits for a caseworker' : 'No open requests',
    text: 'New requests appear here by themselves as the forces send them.',
    links: [{ text: 'Back to my work', href: '/work' }],
  };
}

const NO_FILTER: Partial<WorkQuery> = {
  assignee: undefined,
  unit: undefined,
  force: undefined,
  type: undefined,
  state: undefined,
  group: undefined,
};
