import { Controller, Get, Inject } from '@nestjs/common';
import type { Agreement, NeverShared, SharedFunction } from '#agreements';
import { Database } from '#persistence';
import { OpenRoute } from '#web';
import { newestEditions } from '../publish-agreements/agreements.publisher.ts';
import { CatalogueWatch } from '../publish-agreements/catalogue.watch.ts';

type FunctionView = Pick<SharedFunction, 'id' | 'slug' | 'title' | 'family' | 'state' | 'seeds'> & {
  readonly unit: string | null;
};
/** An agreement without its delegations, because only units need to know the deciding persons. */
type AgreementView = Omit<Agreement, 'delegations'> & {
  readonly edition: number;
  readonly delegations: number;
};

/**
 * Shows the shared functions and their agreements. Both are public: collaboration agreements are published by
 * law.
 */
@Controller('v1')
export class FunctionsController {
  constructor(
    @Inject(CatalogueWatch) private readonly watch: CatalogueWatch,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Lists every function with its state in the sources, and the work that is never shared. */
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

  /** Lists the newest edition of every agreement; `delegations` is their number. */
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
