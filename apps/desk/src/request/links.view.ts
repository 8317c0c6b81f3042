import type { LinkBody } from '#client';
import { momentText } from '../layout/london-text.ts';
import { nameOf } from '../units/name-of.ts';
import type { RequestAnswer, UnitAnswer } from '../units/unit-api.ts';
import { STATE_WORDS } from '../work/state-words.ts';
import { works } from '../work/list.view.ts';

type Kind = LinkBody['kind'];

/** Each kind of link in words, as it leads from this request and back to it. */
const KINDS: Readonly<Record<Kind, { readonly from: string; readonly back: string }>> = {
  'duplicate-of': { from: 'A duplicate of', back: 'Has the duplicate' },
  follows: { from: 'Follows', back: 'Is followed by' },
  'same-incident': { from: 'Same incident as', back: 'Same incident as' },
};

export interface LinksView {
  readonly items: readonly {
    readonly id: string;
    readonly words: string;
    readonly href: string;
    readonly reference: string;
    readonly title: string;
    readonly subject: string;
    readonly state: string;
    readonly made: string;
  }[];
  readonly mayChange: boolean;
  readonly kinds: readonly { readonly value: Kind; readonly text: string }[];
}

export function linksView({ links }: RequestAnswer, unit: UnitAnswer): LinksView {
  return {
    items: links.map(({ id, kind, outgoing, reference, title, subject, state, person, at }) => ({
      ...{ id, reference, title, subject, state: STATE_WORDS[state] },
      words: outgoing ? KINDS[kind].from : KINDS[kind].back,
      href: `/requests/${unit.slug}/${reference}`,
      made: `${nameOf(unit, person)}, ${momentText(at)}`,
    })),
    mayChange: works(unit.me.role),
    kinds: LINK_KINDS.map((value) => ({ value, text: KINDS[value].from })),
  };
}

export const LINK_KINDS = Object.keys(KINDS) as Kind[];
