import { Controller, Get, Inject } from '@nestjs/common';
import { Database } from '#persistence';
import { Caller, Described, ForceRoute, json, listOf, named, type ForceCaller } from '#web';
import { agreementsOf, type AgreementView } from './agreement.store.ts';

@Controller('v1/agreements')
export class AgreementsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  @ForceRoute()
  @Described({
    id: 'listAgreements',
    summary: 'List the agreements in which the force takes part',
    details: 'Intake accepts a request only under an agreement that is live here.',
    answers: {
      200: {
        means: 'The agreements',
        content: json({
          type: 'object',
          properties: { items: listOf(named('Agreement')) },
          required: ['items'],
        }),
      },
    },
  })
  async list(@Caller() caller: ForceCaller): Promise<{ items: AgreementView[] }> {
    return {
      items: await this.database.transaction([caller.force], (client) => agreementsOf(client, caller.force)),
    };
  }
}
