import { ownerMark } from '../drafts/form-owner.ts';
import type { DeskRequest, SignedInPerson } from '../session/session.ts';

/** A link of the rail. */
export interface RailItem {
  readonly key: string;
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
  readonly count?: number | undefined;
}

/** The parts of a page that every page has. */
export interface Page {
  readonly title: string;
  readonly nonce: string;
  /** Changes with every build, so that browsers load new styles and scripts. */
  readonly build: string;
  readonly csrf: string;
  /** The mark of a form with text, which names the person for whom it is made. */
  readonly owner: string;
  readonly person: SignedInPerson | undefined;
  readonly notice: string | undefined;
  readonly nothingDone: boolean;
  readonly query: string;
  readonly rail: readonly { readonly heading?: string; readonly items: readonly RailItem[] }[] | undefined;
  readonly bodyAttributes: Readonly<Record<string, string>>;
}

/** The rail with another entry marked as current, or none. */
export function railAt(rail: NonNullable<Page['rail']>, href: string): NonNullable<Page['rail']> {
  return rail.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, current: item.href === href })),
  }));
}

export interface PageOptions {
  readonly title: string;
  readonly rail?: Page['rail'];
  /** The text of the search field. */
  readonly query?: string;
}

/** Makes the frames of pages. It takes the notice out of the session, so that it is shown once. */
export class Pages {
  constructor(
    private readonly build: string,
    private readonly idleMinutes: number,
    private readonly sessionKey: string,
  ) {}

  of(request: DeskRequest, { title, rail, query = '' }: PageOptions): Page {
    const { session } = request;
    const { notice, nothingDone = false, person } = session;
    if (notice !== undefined) delete session.notice;
    if (nothingDone) delete session.nothingDone;
    return {
      title,
      nonce: request.cspNonce,
      build: this.build,
      // Only a signed-in person has forms. The token creates a session.
      csrf: person ? request.csrfToken() : '',
      owner: person ? ownerMark(person.subject, this.sessionKey) : '',
      person,
      notice,
      nothingDone,
      query,
      rail,
      bodyAttributes: person
        ? {
            // The page is told of every change after this moment.
            'data-since': String(request.arrivedAt),
            'data-idle-seconds': String(this.idleMinutes * 60),
            'data-keyboard': session.keyboard === false ? 'off' : 'on',
          }
        : {},
    };
  }
}
