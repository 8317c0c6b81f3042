import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { HttpReply } from '#web';
import { Pages, railAt } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { seesTeam, supervises } from '../units/manages.ts';
import { UnitAway, UnitDesks } from '../units/unit-desks.ts';
import { WorkLists } from '../work/work-lists.ts';
import { COLUMNS, ROWS_MAX, teamSection } from './team.view.ts';

/** The load of each person, and the stuck and the oldest requests, at each unit that a person leads. */
@Controller('team')
export class TeamController {
  constructor(
    @Inject(UnitDesks) private readonly desks: UnitDesks,
    @Inject(WorkLists) private readonly lists: WorkLists,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async team(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { session } = request;
    const { present, away } = await this.desks.units(session);
    const units = present.filter(seesTeam);
    const [silent] = away;
    // While the only unit of a supervisor is away, the desk does not know the role there.
    if (units.length === 0 && silent !== undefined) throw new UnitAway(silent);
    if (units.length === 0) throw new Refusal('not-found', 'You lead no unit.');
    const slugs = units.map(({ slug }) => slug);
    const [teams, oldest, { rail }] = await Promise.all([
      this.desks.askAll(session, slugs, (client) => client.team()),
      this.desks.askAll(session, slugs, (client) => client.queue({ sort: 'oldest', limit: ROWS_MAX })),
      this.lists.rail(session),
    ]);
    const me = session.person?.subject ?? '';
    const sections = units.flatMap((unit) => {
      const team = teams.find((one) => one.unit === unit.slug)?.answer;
      const queue = oldest.find((one) => one.unit === unit.slug)?.answer;
      return team ? [teamSection(unit, team, queue, me)] : [];
    });
    const missing = teams.flatMap((one) => (one.away ? [one.unit] : []));
    await reply.view('team.njk', {
      page: this.pages.of(request, { title: 'Team', rail: railAt(rail, '/team') }),
      away: [...away, ...missing].map((slug) => nameOfUnit(present, slug)),
      columns: COLUMNS,
      sections,
      severalUnits: units.length > 1,
      supervises: units.some(supervises),
    });
  }
}

function nameOfUnit(
  units: readonly { readonly slug: string; readonly title: string }[],
  slug: string,
): string {
  return units.find((unit) => unit.slug === slug)?.title ?? slug.replaceAll('-', ' ');
}
