import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { HttpReply } from '#web';
import { forceRail } from '../intake/force-rail.ts';
import { IntakeDesk } from '../intake/intake-desk.ts';
import { Pages, railAt } from '../layout/page.ts';
import { SignedIn } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { FORCE_STATES, rowOf } from './force.view.ts';
import { forceOf } from './posted-message.ts';

interface ListAddress {
  readonly state?: unknown;
  readonly reference?: unknown;
  readonly cursor?: unknown;
}

const PAGE = 50;

/** The requests of a force at all units, for its own people. */
@Controller('force')
export class ForceListController {
  constructor(
    @Inject(IntakeDesk) private readonly intake: IntakeDesk,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @SignedIn()
  async list(
    @Req() request: DeskRequest,
    @Query() wanted: ListAddress,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    forceOf(request);
    const state = stateIn(wanted.state);
    const reference = typeof wanted.reference === 'string' ? wanted.reference.trim().slice(0, 100) : '';
    const cursor = typeof wanted.cursor === 'string' ? wanted.cursor : undefined;
    const filter = { ...(state && { state }), ...(reference !== '' && { reference }) };
    const [page, types, rail] = await Promise.all([
      this.intake.ask(session, (client) =>
        client.page({ ...filter, order: 'newest-change-first', limit: PAGE, ...(cursor && { cursor }) }),
      ),
      this.intake.types(session),
      forceRail(this.intake, session, false),
    ]);
    const next = new URLSearchParams({ ...filter, ...(page.next !== undefined && { cursor: page.next }) });
    const address = new URLSearchParams(filter).toString();
    await reply.view('force-list.njk', {
      page: this.pages.of(request, {
        title: state === 'waiting-for-force' ? 'Waiting for us' : 'Our requests',
        rail: railAt(rail, address === '' ? '/force' : `/force?${address}`),
      }),
      rows: page.items.map((item) => rowOf(item, types)),
      next: page.next === undefined ? null : `/force?${next.toString()}`,
      state,
      reference,
      states: [
        { value: '', text: 'Any state', selected: state === undefined },
        ...Object.entries(FORCE_STATES).map(([value, text]) => ({ value, text, selected: value === state })),
      ],
      filtered: address !== '',
    });
  }
}

function stateIn(word: unknown): keyof typeof FORCE_STATES | undefined {
  return (Object.keys(FORCE_STATES) as (keyof typeof FORCE_STATES)[]).find((state) => state === word);
}
