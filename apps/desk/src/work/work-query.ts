import { STATES, URGENCIES, type State, type Urgency } from '#requests';

/** `finished` lists finished requests only, newest answer first. */
export const SORTS = ['due', 'oldest', 'newest', 'finished'] as const;
export type Sort = (typeof SORTS)[number];
/** Whose work a list shows. */
export const WHOSE = ['me', 'none', 'all'] as const;
export type Whose = (typeof WHOSE)[number];

/** A list of work. Every part of it is in its address, so a list can be sent and saved. */
export interface WorkQuery {
  readonly who: Whose;
  /** A person whose requests are shown; then `who` is `all`. */
  readonly assignee: string | undefined;
  readonly unit: string | undefined;
  readonly force: string | undefined;
  readonly type: string | undefined;
  readonly state: State | undefined;
  readonly group: Urgency | undefined;
  readonly sort: Sort;
  /** The place in each unit's queue at which this page begins, or `end`; absent on the first page. */
  readonly after: ReadonlyMap<string, string>;
  /** The parts of an address that name nothing; the list is made without them, and says so. */
  readonly unknown?: readonly UnknownPart[];
}

/** A part of an address whose value does not exist. */
export interface UnknownPart {
  readonly name: string;
  readonly value: string;
}

const WORD = /^[a-z][a-z0-9-]{0,59}$/;
/** The identity provider chooses the identifiers of people. */
const PERSON = /^[^\p{C}\s]{1,120}$/u;
const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value);

/** Reads an address. A person may have changed it by hand, so unknown values are left out and named. */
export function readWorkQuery(query: Readonly<Record<string, unknown>>): WorkQuery {
  const { who, assignee, unit, force, type, state, group, sort, after } = query;
  const word = (value: unknown): string | undefined =>
    typeof value === 'string' && WORD.test(value) ? value : undefined;
  const known = {
    who: oneOf(WHOSE, who),
    assignee: personOf(assignee),
    unit: word(unit),
    force: word(force),
    type: word(type),
    state: oneOf(STATES, state),
    group: oneOf(URGENCIES, group),
    sort: oneOf(SORTS, sort),
  };
  const unknown = Object.entries(known).flatMap(([name, value]): UnknownPart[] => {
    const sent = query[name];
    if (value !== undefined || sent === undefined || sent === '') return [];
    return [{ name, value: typeof sent === 'string' ? sent : JSON.stringify(sent) }];
  });
  return {
    ...known,
    who: known.assignee === undefined ? (known.who ?? 'me') : 'all',
    sort: known.sort ?? 'due',
    after: readPlaces(after),
    ...(unknown.length > 0 && { unknown }),
  };
}

/** Writes the query of an address; defaults are left out. `changes` replaces parts of it. */
export function writeWorkQuery(query: WorkQuery, changes: Partial<WorkQuery> = {}): string {
  // Every other list begins at its first page.
  const wanted = { ...query, after: new Map<string, string>(), ...changes };
  const parameters = new URLSearchParams();
  if (wanted.who !== 'me') parameters.set('who', wanted.who);
  for (const name of ['assignee', 'unit', 'force', 'type', 'state', 'group'] as const) {
    const value = wanted[name];
    if (value !== undefined) parameters.set(name, value);
  }
  if (wanted.sort !== 'due') parameters.set('sort', wanted.sort);
  if (wanted.after.size > 0)
    parameters.set('after', [...wanted.after].map(([unit, place]) => `${unit}:${place}`).join('~'));
  return parameters.toString();
}

export const workAddress = (query: WorkQuery, changes: Partial<WorkQuery> = {}): string => {
  const text = writeWorkQuery(query, changes);
  return text === '' ? '/work' : `/work?${text}`;
};

/** `me` and `none` are lists of their own. */
function personOf(value: unknown): string | undefined {
  const isPerson = typeof value === 'string' && PERSON.test(value) && value !== 'me' && value !== 'none';
  return isPerson ? value : undefined;
}

function readPlaces(value: unknown): Map<string, string> {
  if (typeof value !== 'string') return new Map();
  return new Map(
    value.split('~').flatMap((part) => {
      const at = part.indexOf(':');
      return at > 0 && WORD.test(part.slice(0, at)) ? [[part.slice(0, at), part.slice(at + 1)] as const] : [];
    }),
  );
}
