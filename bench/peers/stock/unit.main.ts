/** A unit as Nest's own documentation shows it, with workers that claim and answer one item after another. */
import 'reflect-metadata';
import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, ClientsModule, EventPattern, Payload } from '@nestjs/microservices';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { lastValueFrom } from 'rxjs';
import { DataSource, Repository } from 'typeorm';
import { WorkItem } from './entities.ts';
import { EVENTS, kafkaOptions, REQUESTS } from './kafka.options.ts';

/** More workers would wait for each other on the same rows. */
const WORKERS = 4;

@Injectable()
class Worker {
  private waiting: (() => void)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    @Inject('KAFKA') private readonly client: ClientKafka,
  ) {
    for (let worker = 0; worker < WORKERS; worker += 1) void this.work(`worker-${String(worker)}`);
  }

  /** Wakes all workers when an item arrives, so that the result does not depend on a polling interval. */
  wake(): void {
    this.waiting.splice(0).forEach((go) => go());
  }

  async publish(requestId: string, state: string, answer?: Record<string, unknown>): Promise<void> {
    await lastValueFrom(
      this.client.emit(EVENTS, { key: requestId, value: JSON.stringify({ requestId, state, answer }) }),
    );
  }

  private async work(assignee: string): Promise<void> {
    await this.client.connect();
    for (;;) {
      const item = await this.dataSource.transaction(async (manager) => {
        const next = await manager.findOne(WorkItem, {
          where: { state: 'queued' },
          order: { arrivedAt: 'ASC' },
          lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
        });
        return next && manager.save(Object.assign(next, { state: 'claimed', assignee }));
      });
      if (!item) {
        await new Promise<void>((resolve) => this.waiting.push(resolve));
        continue;
      }
      await this.publish(item.id, 'claimed');
      await this.dataSource
        .getRepository(WorkItem)
        .save(Object.assign(item, { state: 'answered', answer: { outcome: 'done' } }));
      await this.publish(item.id, 'answered', { outcome: 'done' });
    }
  }
}

@Controller()
class UnitController {
  constructor(
    @InjectRepository(WorkItem) private readonly items: Repository<WorkItem>,
    private readonly worker: Worker,
  ) {}

  @EventPattern(REQUESTS)
  async arrived(@Payload() message: object): Promise<void> {
    const request = message as { id: string; force: string; payload: Record<string, unknown> };
    await this.items.save(
      this.items.create({
        id: request.id,
        force: request.force,
        payload: request.payload,
        state: 'queued',
        assignee: null,
        answer: null,
      }),
    );
    await this.worker.publish(request.id, 'queued');
    this.worker.wake();
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL'],
      entities: [WorkItem],
      synchronize: true,
      poolSize: 20,
    }),
    TypeOrmModule.forFeature([WorkItem]),
    ClientsModule.register([{ name: 'KAFKA', ...kafkaOptions('stock-unit-client', 'client') }]),
  ],
  controllers: [UnitController],
  providers: [Worker],
})
class UnitModule {}

const app = await NestFactory.createMicroservice(UnitModule, {
  ...kafkaOptions('stock-unit'),
  logger: ['error'],
});
await app.listen();
process.on('message', () => process.send?.({ result: true }));
process.once('disconnect', () => process.exit(0));
