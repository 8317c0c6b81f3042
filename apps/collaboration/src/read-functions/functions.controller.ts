import { Controller, Get, Inject } from '@nestjs/common';
import type { Agreement, NeverShared, SharedFunction } from '#agreements';
import { Database } from '#persistence';
import { OpenRoute } from '#web';
import { newestEditions } from '../publish-agreements/agreements.publisher.ts';
import { CatalogueWatch } from '../publish-agreements/catalogue.watch.ts';

type FunctionView = Pick<SharedFunction, 'id' | 'slug' | 'title' | 'family' | 'state' | 'seeds'> & {
  readonly unit: string | null;
};
/** Without its delegations: who may decide is for the units, not for everybody. */
type AgreementView = Omit<Agreement, 'delegations'> & {
  readonly edition: number;
  readonly delegations: number;
};

/** What is shared and under which agreements: both are public (a collaboration agreement is published by law). */
@Controller('v1')
export class FunctionsController {
  constructor(
    @Inject(CatalogueWatch) private readonly watch: CatalogueWatch,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Every function with the state its sources give it, and what is never shared. */
  @Get('functions')
  @OpenRoute()
  functions(): { items: FunctionView[]; neverShared: Omit<NeverShared, 'aliases'>[] } {
    const { functions, neverShared } = this.watch.catalogue;
    return {
      items: functions.map(({ id, slug, title, family, state, seeds, unit }) => ({
        id,
        slug,
        title,
        family,
        state,
        seeds,
        unit: unit ?? null,
      })),
      neverShared: neverShared.map(({ id, slug, title, seeds }) => ({ id, slug, title, seeds })),
    };
  }

  /** The newest edition of every agreement; `delegations` is how many there are. */
  @Get('agreements')
  @OpenRoute()
  async agreements(): Promise<{ items: AgreementView[] }> {
    const editions = await this.database.transaction([], newestEditions);
    return {
      items: editions.map(({ agreement, edition }) => ({
        ...agreement,
        edition,
        delegations: agreement.delegations.length,
      })),
    };
  }
}
