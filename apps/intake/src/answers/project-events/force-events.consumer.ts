import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import {
  expectMessage,
  forceOfTopic,
  Refusal,
  TOPIC_FAMILIES,
  UnitKeys,
  type Envelope,
  type MessageType,
  type RequestChanged,
} from '#contracts';
import { contentHash } from '#kernel';
import { OnBatch, type Delivery } from '#messaging';
import { Database, takeIn, type PoolClient } from '#persistence';
import { ForceRegister } from '../../registers/force.register.ts';
import { projectChanges, refuseImpossible } from './projection.store.ts';

/** Intake's own answers to refused messages are in the event table since they were written. */
const OWN_TYPE: MessageType = 'concordat.request-refused.v1';
const CHANGE_TYPES = (TOPIC_FAMILIES.find(({ family }) => family === 'force-events')?.messages ?? []).filter(
  (type) => type !== OWN_TYPE,
);

/** Applies the events of units to the requests of a force, and adds them to its feed. */
@Controller()
export class ForceEventsConsumer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
    @Inject(UnitKeys) private readonly keys: UnitKeys,
  ) {}

  @OnBatch('force-events')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    const { slug } = this.forces.named(forceOfTopic((batch[0] as Delivery).message.topic) ?? '');
    const unitEvents = batch.filter(({ envelope }) => envelope.type !== OWN_TYPE);
    const changes = unitEvents.map((delivery) => this.changeOf(slug, delivery));
    if (changes.length > 0)
      await this.database.transaction([slug], (client) => project(client, slug, changes));
  }

  /**
   * Reads an event and proves that its unit sent it. The database checks whether the unit has the request.
   */
  private changeOf(force: string, { envelope, message }: Delivery): Envelope<RequestChanged> {
    if (envelope.owningForce !== undefined && envelope.owningForce !== force) {
      throw new Refusal(
        'not-allowed',
        `The header ce_owningforce names ${envelope.owningForce}, but this topic belongs to ${force}.`,
      );
    }
    const change = expectMessage(envelope, CHANGE_TYPES) as unknown as Envelope<RequestChanged>;
    const { unit } = change.value;
    if (change.source !== `/unit/${unit}`) {
      throw new Refusal(
        'not-allowed',
        `The message names the unit ${unit}, but its source is ${change.source.slice(0, 60)}.`,
      );
    }
    if (!this.keys.prove(unit, message)) {
      throw new Refusal(
        'not-allowed',
        `The message names the unit ${unit}, but it is not signed with a key of that unit.`,
      );
    }
    return change;
  }
}

/**
 * A Refusal of one event refuses the batch. The transport halves the batch until that event is alone, and
 * keeps it.
 */
async function project(
  client: PoolClient,
  force: string,
  changes: readonly Envelope<RequestChanged>[],
): Promise<void> {
  const outcomes = await takeIn(
    client,
    changes.map(({ id, type, value }) => ({
      owningForce: force,
      messageId: id,
      contentHash: contentHash({ type, value }),
    })),
  );
  const conflict = changes.find((_, place) => outcomes[place] === 'conflict');
  if (conflict)
    throw new Refusal(
      'idempotency-key-reused',
      `The CloudEvents id ${conflict.id} was already used with different content.`,
    );
  const fresh = changes.filter((_, place) => outcomes[place] === 'new');
  if (fresh.length === 0) return;
  await refuseImpossible(client, force, fresh);
  const strays = await projectChanges(client, force, fresh);
  if (strays.length > 0) {
    throw new Refusal(
      'not-found',
      `${strays.length} of ${fresh.length} events name a request that ${force} did not send to that unit.`,
    );
  }
}
