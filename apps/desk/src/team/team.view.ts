import { URGENCIES, type Urgency } from '#requests';
import { counted, momentText } from '../layout/london-text.ts';
import type { QueueAnswer, QueueItem, TeamAnswer, UnitAnswer } from '../units/unit-api.ts';
import { dueView, sinceWords, type DueView } from '../work/due-words.ts';
import { forceWords, whoHas, type Row } from '../work/list.view.ts';
import { STATE_WORDS, URGENCY_WORDS } from '../work/state-words.ts';
import { workAddress, type WorkQuery } from '../work/work-query.ts';
import { EVERYTHING } from '../work/work-lists.ts';

/** A part of a bar: its place and width in percent of the bar. */
interface BarPart {
  readonly kind: DueView['kind'];
  readonly x: number;
  readonly width: number;
}

export interface LoadRow {
  readonly name: string;
  readonly role: string;
  readonly href: string;
  readonly open: string;
  readonly cells: readonly {
    readonly label: string;
    readonly count: string;
    readonly kind: DueView['kind'];
    readonly isZero: boolean;
  }[];
  readonly bar: readonly BarPart[];
  /** Null if there is no request. */
  readonly oldestDue: DueView | null;
  readonly lastChange: DueView | null;
}

/** A row of a list whose last column says since when. */
type SinceRow = Omit<Row, 'due'> & { readonly since: DueView };

/** The work of one unit as its supervisor sees it. */
export interface TeamSection {
  readonly slug: string;
  readonly title: string;
  readonly open: string;
  readonly isEmpty: boolean;
  readonly people: readonly LoadRow[];
  readonly unassigned: LoadRow;
  readonly stuck: readonly SinceRow[];
  readonly oldest: readonly SinceRow[];
  /** The list of all open requests by arrival. */
  readonly allOldest: string;
}

/** The order in which the columns and the parts of a bar stand. */
const KINDS: Readonly<Record<Urgency, DueView['kind']>> = {
  criticallyOverdue: 'critical',
  overdue: 'overdue',
  dueSoon: 'soon',
  notDueYet: 'later',
  paused: 'paused',
};
export const COLUMNS: readonly string[] = URGENCIES.map((urgency) => URGENCY_WORDS[urgency]);
/** The rows of each short list; the whole list has its own page. */
export const ROWS_MAX = 10;

export function teamSection(
  unit: UnitAnswer,
  team: TeamAnswer,
  oldest: QueueAnswer | undefined,
  me: string,
): TeamSection {
  const { slug, title } = unit;
  const most = Math.max(1, ...team.people.map(({ open }) => open));
  const address = (changes: Partial<WorkQuery>): string =>
    workAddress({ ...EVERYTHING, unit: slug }, changes);
  const total = team.people.reduce((sum, { open }) => sum + open, team.unassigned.open);
  return {
    slug,
    title,
    open: counted(total, 'open request'),
    isEmpty: total === 0,
    people: team.people.map((load) => ({
      ...loadRow(load, most),
      name: load.name ?? load.person,
      role: load.person === me ? 'you' : (load.role?.replaceAll('-', ' ') ?? ''),
      href: address({ assignee: load.person }),
      open: `${load.open.toLocaleString('en-GB')}${load.more ? ' and more' : ''}`,
      lastChange: since(load.lastChangeAt),
    })),
    // Its bar would make those of the people too short to compare.
    unassigned: {
      ...loadRow(team.unassigned, most),
      ...{ name: 'Nobody yet', role: '', href: address({ who: 'none' }), bar: [], lastChange: null },
    },
    stuck: team.stuck.slice(0, ROWS_MAX).map((item) => ({
      ...rowOf(item, unit, me),
      since: since(item.updatedAt),
    })),
    oldest: (oldest?.groups ?? [])
      .flatMap(({ items }) => items)
      .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
      .map((item) => ({ ...rowOf(item, unit, me), since: since(item.receivedAt) })),
    allOldest: address({ sort: 'oldest' }),
  };
}

function loadRow(
  { open, byUrgency, oldestDueAt }: TeamAnswer['unassigned'],
  most: number,
): Pick<LoadRow, 'open' | 'cells' | 'bar' | 'oldestDue'> {
  let x = 0;
  const bar = URGENCIES.flatMap((urgency): BarPart[] => {
    const width = Math.round((byUrgency[urgency] / most) * 1_000) / 10;
    const part = { kind: KINDS[urgency], x, width };
    x += width;
    return width > 0 ? [part] : [];
  });
  return {
    open: open.toLocaleString('en-GB'),
    cells: URGENCIES.map((urgency) => ({
      label: URGENCY_WORDS[urgency],
      count: byUrgency[urgency].toLocaleString('en-GB'),
      kind: byUrgency[urgency] > 0 ? KINDS[urgency] : 'later',
      isZero: byUrgency[urgency] === 0,
    })),
    bar,
    oldestDue: open === 0 ? null : oldestDueView(byUrgency, oldestDueAt),
  };
}

/** The due moment of the most urgent request, in the words of a list. */
function oldestDueView(byUrgency: Readonly<Record<Urgency, number>>, dueAt: string | null): DueView {
  const urgency = URGENCIES.find((one) => byUrgency[one] > 0) ?? 'paused';
  if (dueAt === null) return { kind: 'paused', shape: null, words: 'No clock runs', at: null, exact: '' };
  const left = { name: '', state: 'running', metAt: null, left: null, leftUnit: 'milliseconds' } as const;
  return dueView({
    ...{ urgency, dueAt, state: 'claimed' },
    clocks: [{ ...left, dueAt, dueDay: null, unproven: false }],
  });
}

function since(moment: string): DueView {
  return { kind: 'finished', shape: null, words: sinceWords(moment), at: moment, exact: momentText(moment) };
}

function rowOf(item: QueueItem, unit: UnitAnswer, me: string): Omit<Row, 'due'> {
  const key = `${unit.slug}/${item.unitReference}`;
  return {
    key,
    version: item.version,
    href: `/requests/${key}?who=all`,
    title: item.title,
    subject: item.subject,
    reference: item.unitReference,
    theirs: item.forceReference,
    ...forceWords(unit, item.force),
    state: STATE_WORDS[item.state],
    who: whoHas(item.assignee, me, unit),
    unsent: false,
    current: false,
  };
}
