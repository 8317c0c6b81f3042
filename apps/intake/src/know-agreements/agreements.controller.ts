import { Controller, Get, Inject } from '@nestjs/common';
import { Database } from '#persistence';
import { Caller, ForceRoute, type ForceCaller } from '#web';
import { agreementsOf, type AgreementView } from './agreement.store.ts';

@Controller('v1/agreements')
export class AgreementsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The agreements in which the calling force takes part, as intake's gate knows them. */
  @Get()
  @ForceRoute()
  async list(@Caller() caller: ForceCaller): Promise<{ items: AgreementView[] }> {
    return { items: await this.database.transaction([caller.force], (client) => agreementsOf(client, caller.force)) };
  }
}
