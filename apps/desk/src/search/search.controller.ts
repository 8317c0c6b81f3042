import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Refused } from '#client';
import type { HttpReply } from '#web';
import { UnsentTexts } from '../drafts/unsent-texts.store.ts';
import { Pages } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import type { SearchAnswer } from '../units/unit-api.ts';
import { UnitAway, UnitDesks, type UnitReply } from '../units/unit-desks.ts';
import { WorkLists } from '../work/work-lists.ts';
import { searchView } from './search.view.ts';

const QUERY_MAX = 200;
/** The number of requests of each unit on the page. */
const SHOWN = 20;
const NOTHING: SearchAnswer = { items: [], more: false };

/** Searches all units of a person at once. Each unit shows only what this person may see. */
@Controller('search')
export class SearchController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async search(@Req() request: DeskRequest, @Query('q') q: unknown, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    const query = typeof q === 'string' ? q.trim().slice(0, QUERY_MAX) : '';
    const [{ rail, units }, found] = await Promise.all([
      this.lists.rail(session),
      query === ''
        ? []
        : Promise.all((session.person?.units ?? []).map((unit) => this.searchUnit(request, unit, query))),
    ]);
    const only = found.flatMap(({ unit, answer }) => (answer?.items ?? []).map((item) => ({ unit, item })));
    // A whole reference needs no list of one.
    const [exact] = only;
    if (exact && only.length === 1 && isSame(exact.item.unitReference, query)) {
      void reply.redirect(`/requests/${exact.unit}/${exact.item.unitReference}`, 303);
      return;
    }
    const me = session.person?.subject ?? '';
    const requests = only.map(({ unit, item }) => ({ force: item.force, unit, id: item.id }));
    await reply.view('search.njk', {
      page: this.pages.of(request, {
        title: query === '' ? 'Search' : `Search: ${query}`,
        rail: rail,
        query,
      }),
      search: searchView(query, found, units, { me, unsent: await this.unsent.among(me, requests) }),
    });
  }

  private async searchUnit(
    { session }: DeskRequest,
    unit: string,
    query: string,
  ): Promise<UnitReply<SearchAnswer>> {
    try {
      const answer = await this.desks.ask(session, unit, (client) =>
        client.search({ q: query, limit: SHOWN }),
      );
      return { unit, answer };
    } catch (error) {
      if (error instanceof UnitAway) return { unit, away: true };
      // Text without a letter or a digit has no words to search for.
      if (error instanceof Refused && error.status === 400) return { unit, answer: NOTHING };
      throw error;
    }
  }
}

const isSame = (reference: string, typed: string): boolean =>
  reference.replaceAll('-', '') === typed.toUpperCase().replaceAll(/[\s-]/g, '');
