/** A door as Nest's own documentation shows it: controller, validation pipe, repository and Kafka client. */
import 'reflect-metadata';
import { Body, Controller, Get, Inject, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, ClientsModule, EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { lastValueFrom } from 'rxjs';
import { Repository } from 'typeorm';
import { FeedEntry, SubmittedRequest } from './entities.ts';
import { EVENTS, kafkaOptions, REQUESTS } from './kafka.options.ts';

class SubmitDto {
  @IsString() @MaxLength(60) type!: string;
  @IsString() @MaxLength(80) reference!: string;
  @IsObject() payload!: Record<string, unknown>;
}

let delivered = 0;

@Controller()
class DoorController {
  constructor(
    @InjectRepository(SubmittedRequest) private readonly requests: Repository<SubmittedRequest>,
    @InjectRepository(FeedEntry) private readonly feed: Repository<FeedEntry>,
    @Inject('KAFKA') private readonly client: ClientKafka,
  ) {}

  @Post('v1/requests')
  async submit(@Body() body: SubmitDto): Promise<SubmittedRequest> {
    const request = await this.requests.save(
      this.requests.create({ ...body, force: 'bedfordshire', state: 'accepted', answer: null }),
    );
    await lastValueFrom(this.client.emit(REQUESTS, { key: request.id, value: JSON.stringify(request) }));
    return request;
  }

  @EventPattern(EVENTS)
  async changed(@Payload() message: object): Promise<void> {
    const event = message as { requestId: string; state: string; answer?: Record<string, unknown> };
    await this.requests.update(event.requestId, {
      state: event.state,
      ...(event.answer && { answer: event.answer as never }),
    });
    await this.feed.save(this.feed.create({ requestId: event.requestId, type: event.state, event }));
    if (event.state === 'answered') delivered += 1;
  }

  @Get('delivered')
  delivered(): { delivered: number } {
    return { delivered };
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL'],
      entities: [SubmittedRequest, FeedEntry],
      synchronize: true,
      poolSize: 20,
    }),
    TypeOrmModule.forFeature([SubmittedRequest, FeedEntry]),
    ClientsModule.register([{ name: 'KAFKA', ...kafkaOptions('stock-door-client', 'client') }]),
  ],
  controllers: [DoorController],
})
class DoorModule {}

const app = await NestFactory.create(DoorModule, new FastifyAdapter(), { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.connectMicroservice(kafkaOptions('stock-door'));
await app.startAllMicroservices();
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('message', () => process.send?.({ result: true }));
process.once('disconnect', () => process.exit(0));
