import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { OnBatch, type Delivery } from '#messaging';
import { UnitRuntime } from '../unit-runtime.ts';
import { arriveBatch } from './arrive-batch.ts';

/** What intake accepted for this unit, and what forces say of it afterwards. */
@Controller()
export class UnitRequestsHandler {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @OnBatch('unit-requests')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    await arriveBatch(this.unit, batch);
  }
}
