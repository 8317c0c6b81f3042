import { counted } from '../layout/london-text.ts';
import type { SearchAnswer, UnitAnswer } from '../units/unit-api.ts';
import type { UnitReply } from '../units/unit-desks.ts';
import { forceWords, whoHas, type Row } from '../work/list.view.ts';
import { dueView } from '../work/due-words.ts';
import { STATE_WORDS } from '../work/state-words.ts';

export interface SearchView {
  readonly query: string;
  readonly total: string;
  readonly away: readonly string[];
  /** Kinds of request whose title has the words; the words of a title are not in the requests. */
  readonly kinds: readonly { readonly text: string; readonly href: string }[];
  readonly units: readonly {
    readonly title: string;
    readonly count: string;
    readonly more: boolean;
    readonly rows: readonly (Row & { readonly matched: string })[];
  }[];
}

export function searchView(
  query: string,
  found: readonly UnitReply<SearchAnswer>[],
  units: readonly UnitAnswer[],
  { me, unsent }: { readonly me: string; readonly unsent: ReadonlySet<string> },
): SearchView {
  const total = found.reduce((sum, { answer }) => sum + (answer?.items.length ?? 0), 0);
  const unitOf = (slug: string): UnitAnswer | undefined => units.find((unit) => unit.slug === slug);
  const titleOf = (slug: string): string => unitOf(slug)?.title ?? slug.replaceAll('-', ' ');
  return {
    query,
    total: counted(total, 'request'),
    kinds: kindsOf(query, units),
    away: found.flatMap(({ unit, away }) =>
      away === true ? [`${titleOf(unit)} does not answer at the moment and was not searched.`] : [],
    ),
    units: found.flatMap(({ unit, answer }) =>
      answer && answer.items.length > 0
        ? [
            {
              title: titleOf(unit),
              count: answer.items.length.toLocaleString('en-GB'),
              more: answer.more,
              rows: answer.items.map((item) => ({
                key: `${unit}/${item.unitReference}`,
                version: item.version,
                href: `/requests/${unit}/${item.unitReference}`,
                title: item.title,
                subject: item.subject,
                reference: item.unitReference,
                theirs: item.forceReference,
                ...forceWords(unitOf(unit), item.force),
                state: STATE_WORDS[item.state],
                who: whoHas(item.assignee, me, unitOf(unit)),
                due: dueView(item),
                unsent: unsent.has(item.id),
                current: false,
                matched: item.matched,
              })),
            },
          ]
        : [],
    ),
  };
}

/** The lists of all kinds of request whose title has words that begin with each word of the query. */
export function kindsOf(query: string, units: readonly UnitAnswer[]): SearchView['kinds'] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  if (words.length === 0) return [];
  return units.flatMap(({ slug, title: unit, types }) =>
    types
      .filter(({ newest, title }) => {
        const known = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
        return newest && words.every((word) => known.some((one) => one.startsWith(word)));
      })
      .map(({ name, title }) => ({
        text: units.length > 1 ? `${unit}: ${title}` : title,
        href: `/work?${new URLSearchParams({ who: 'all', unit: slug, type: name }).toString()}`,
      })),
  );
}
