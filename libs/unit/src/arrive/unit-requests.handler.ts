import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { OnBatch, type Delivery } from '#messaging';
import { UnitRuntime } from '../unit-runtime.ts';
import { arriveBatch } from './arrive-batch.ts';

/** Consumes the requests that intake accepted for this unit, and the forces' later messages about them. */
@Controller()
export class UnitRequestsHandler {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @OnBatch('unit-requests')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    await arriveBatch(this.unit, batch);
  }
}
