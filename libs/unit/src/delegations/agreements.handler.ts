import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { OnBatch, type Delivery } from '#messaging';
import { UnitRuntime } from '../unit-runtime.ts';
import { keepAgreements } from './keep-agreements.ts';

/** Consumes the agreements that the collaboration publishes. */
@Controller()
export class AgreementsHandler {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @OnBatch('agreements')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    await keepAgreements(
      this.unit,
      batch.map(({ envelope }) => envelope),
    );
  }
}
