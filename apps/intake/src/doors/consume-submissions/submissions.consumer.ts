import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { forceOfTopic, Refusal, type ProblemDetails } from '#contracts';
import type { Force } from '#kernel';
import { mapInTurns, OnBatch, takingTurns, type Delivery } from '#messaging';
import { Database, type PoolClient } from '#persistence';
import { storeForceMessage } from '../force-messages/force-message.store.ts';
import { lockRequests } from '../force-messages/known-request.ts';
import { ForceRegister } from '../../registers/force.register.ts';
import { keepRefusals, type RefusedSubmission } from '../../take-in/keep-refusals/refusal.store.ts';
import { noAgreement } from '../../registers/know-agreements/agreement.store.ts';
import { ON_STORED, type OnStored } from '../../take-in/on-stored.ts';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { conflictOf, keyReused } from '../../take-in/store-refusals.ts';
import { retryingRaces } from '../../take-in/races.ts';
import { storeWithRepeats, type StoreOutcome } from '../../take-in/submission.store.ts';
import type { StorableSubmission } from '../../take-in/submission.ts';
import { readMessage, type ReadMessage } from './read-message.ts';

/** Handles the messages on a force's requests topic, with the same checks as over REST. */
@Controller()
export class SubmissionsConsumer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ForceRegister) private readonly forces: ForceRegister,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
    @Inject(ON_STORED) private readonly onStored: OnStored,
  ) {}

  /** One transaction for the whole batch: accepted messages, refusals with their answers, and repeats. */
  @OnBatch('force-requests')
  async handle(@Payload() batch: readonly Delivery[]): Promise<void> {
    const force = this.forces.named(forceOfTopic((batch[0] as Delivery).message.topic) ?? '');
    const messages = await mapInTurns(batch, (delivery) => readMessage(this.types, force, delivery));
    await retryingRaces(() =>
      this.database.transaction([force.slug], (client) => this.take(client, force, messages)),
    );
    this.onStored(force.slug);
  }

  private async take(client: PoolClient, force: Force, messages: readonly ReadMessage[]): Promise<void> {
    const submissions = messages.flatMap((message) =>
      message.kind === 'submission' ? [message.submission] : [],
    );
    const outcomes = await storeWithRepeats(client, submissions);
    const concerned = messages.flatMap((one) =>
      one.kind === 'force-message' ? [one.message.requestId] : [],
    );
    await lockRequests(client, force.slug, concerned);
    const gate = gateOf(client, force);
    const refused: RefusedSubmission[] = [];
    let next = 0;
    const turn = takingTurns();
    for (const message of messages) {
      const problem = await this.judge(client, message, gate, () => outcomes[next++] as StoreOutcome);
      if (!problem) continue;
      refused.push(message.refusedFor(problem));
      await turn();
    }
    await keepRefusals(client, force.slug, refused);
  }

  private async judge(
    client: PoolClient,
    message: ReadMessage,
    gate: (unit: string) => Promise<Refusal>,
    outcome: () => StoreOutcome,
  ): Promise<ProblemDetails | null> {
    if (message.kind === 'refused') return message.problem;
    if (message.kind === 'submission')
      return (await refusalOf(message.submission, outcome(), gate))?.problem ?? null;
    try {
      await storeForceMessage(client, { types: this.types, forces: this.forces }, message.message);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.problem;
      throw error;
    }
  }
}

async function refusalOf(
  item: StorableSubmission,
  stored: StoreOutcome,
  gate: (unit: string) => Promise<Refusal>,
): Promise<Refusal | null> {
  switch (stored.outcome) {
    case 'created':
    case 'replay':
    case 'known':
      return null;
    case 'reference-conflict':
      return conflictOf(item, stored);
    case 'key-reused':
      return keyReused('kafka', item.key);
    case 'no-agreement':
      return gate(item.checked.type.unit);
  }
}

/** The reason for a missing agreement, read once per unit and batch. */
function gateOf(client: PoolClient, force: Force): (unit: string) => Promise<Refusal> {
  const asked = new Map<string, Promise<Refusal>>();
  return (unit) => {
    const known = asked.get(unit) ?? noAgreement(client, force, unit);
    asked.set(unit, known);
    return known;
  };
}
