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
  me: string,
): SearchView {
  const total = found.reduce((sum, { answer }) => sum + (answer?.items.length ?? 0), 0);
  const unitOf = (slug: string): UnitAnswer | undefined => units.find((unit) => unit.slug === slug);
  const titleOf = (slug: string): string => unitOf(slug)?.title ?? slug.replaceAll('-', ' ');
  return {
    query,
    total: counted(total, 'request'),
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
                reference: item.unitReference,
                theirs: item.forceReference,
                ...forceWords(unitOf(unit), item.force),
                state: STATE_WORDS[item.state],
                who: whoHas(item.assignee, me, unitOf(unit)),
                due: dueView(item),
                current: false,
                matched: item.matched,
              })),
            },
          ]
        : [],
    ),
  };
}
