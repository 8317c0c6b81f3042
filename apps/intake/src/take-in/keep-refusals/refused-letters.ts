import { forceOfTopic, forcePrincipal, forceRequestsTopic, MESSAGE_ID_MAX } from '#contracts';
import type { DeadLetter, DeadLetterStore } from '#messaging';
import type { Database } from '#persistence';
import type { OnStored } from '../on-stored.ts';
import { keepRefusals, type RefusedSubmission } from './refusal.store.ts';

/**
 * Messages that the transport could not deliver. On a force's requests topic they become refusals: kept with
 * their bytes and answered on the force's events topic. All others become dead letters.
 */
export class RefusedLetters implements DeadLetterStore {
  constructor(
    private readonly database: Database,
    private readonly others: DeadLetterStore,
    private readonly onStored: OnStored,
  ) {}

  async keep(letters: readonly DeadLetter[]): Promise<void> {
    const ofForces = letters.filter(
      ({ message, force }) =>
        message.topic === forceRequestsTopic(forceOfTopic(message.topic) ?? '') && force,
    );
    for (const force of new Set(ofForces.map((letter) => letter.force))) {
      const refusals = ofForces.filter((letter) => letter.force === force).map((letter) => refusalOf(letter));
      await this.database.transaction([force], (client) => keepRefusals(client, force, refusals));
      this.onStored(force);
    }
    const others = letters.filter((letter) => !ofForces.includes(letter));
    if (others.length > 0) await this.others.keep(others);
  }
}

function refusalOf({ message, problem, force }: DeadLetter): RefusedSubmission {
  const place = `${message.topic}/${message.partition}/${message.offset}`;
  const id = message.headers['ce_id']?.replaceAll('\0', '\uFFFD').slice(0, MESSAGE_ID_MAX);
  return {
    channel: 'kafka',
    problem,
    // Nothing in the message can be trusted to identify it, so its place on the topic does.
    repeatKey: `kafka at ${place}`,
    reference: null,
    messageId: id === undefined || id === '' ? null : id.toWellFormed(),
    receiptHash: null,
    bytes: message.value,
    headers: message.rawHeaders.map(([name, value]) => ({
      name: name.replaceAll('\0', '\uFFFD'),
      base64: value?.toString('base64') ?? null,
    })),
    place,
    submittedBy: forcePrincipal(force),
    // Nobody could read the message, so nobody knows whether it is law enforcement.
    lawEnforcement: true,
  };
}
