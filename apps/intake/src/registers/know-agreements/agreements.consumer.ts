import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { expectMessage } from '#contracts';
import { OnBatch, type Delivery } from '#messaging';
import { Database } from '#persistence';
import { learnAgreements } from './agreement.store.ts';

/** Reads agreements from `collaboration.agreements.v1`, by which submissions are allowed or refused. */
@Controller()
export class AgreementsConsumer {
  constructor(@Inject(Database) private readonly database: Database) {}

  @OnBatch('agreements')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    const agreements = batch.map(
      ({ envelope }) => expectMessage(envelope, ['concordat.agreement-published.v1']).value,
    );
    await this.database.transaction([], (client) => learnAgreements(client, agreements));
  }
}
