import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import { recordAccess, type AccessEntry, type Database } from '#persistence';
import type { Cursors } from '#web';
import { feedOf } from '../page.ts';
import type { FeedItem } from '../read-events/read-events.store.ts';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import {
  claimDeliveries,
  destinationsOf,
  recordOutcome,
  addDeliveriesFromFeed,
  type ClaimedDelivery,
  type Destination,
} from './delivery.store.ts';
import { postEvent, type Outcome } from './post-event.ts';
import { signedHeaders } from './signature.ts';
import { triesMax, type WebhookSettings } from './webhook.settings.ts';

/**
 * Tries at one destination at once, and tries of the force. A receiver that hangs takes at most a quarter
 * from the force's other receivers.
 */
const AT_ONE_DESTINATION_MAX = 4;
const OF_THE_FORCE_MAX = 16;
const LOOK_EVERY_MS = 500;
const AFTER_FAULT_MS = 2_000;
/** Extra time beyond a try, in which its result is recorded. */
const LEASE_BEYOND_TIMEOUT_MS = 20_000;

/**
 * Delivers one force's feed to its webhooks. Every replica has one for every force, and they share the work
 * through the database. Delivery is at least once: if a replica dies after sending, the event is sent again
 * with the same webhook-id.
 */
export class ForceDeliveries {
  private readonly log = new Logger('webhooks');
  private readonly inHand = new Map<string, Set<Promise<void>>>();
  private readonly loop = new BackgroundLoop({
    turn: async () => {
      await this.look();
      return LOOK_EVERY_MS;
    },
    failed: (error) => {
      // Nothing is lost by any fault: the cursors and the deliveries are as they were.
      this.log.warn('webhooks cannot be delivered', { force: this.force, error: (error as Error).message });
      return AFTER_FAULT_MS;
    },
  });

  constructor(
    private readonly database: Database,
    private readonly types: RequestTypeDirectory,
    private readonly force: string,
    private readonly settings: WebhookSettings,
    private readonly cursors: Cursors,
  ) {}

  start(): void {
    this.loop.start();
  }

  /** Claims nothing more and waits for the running tries, which end within their own time limit. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.tries());
  }

  private async look(): Promise<void> {
    const destinations = await this.database.transaction([this.force], (client) =>
      destinationsOf(client, this.force),
    );
    for (const destination of destinations) {
      await this.database.transaction([this.force], (client) =>
        addDeliveriesFromFeed(client, this.force, destination.id),
      );
      for (const delivery of await this.claim(destination)) this.deliver(destination, delivery);
    }
  }

  private async claim(destination: Destination): Promise<ClaimedDelivery[]> {
    const here = this.inHand.get(destination.id)?.size ?? 0;
    const limit = Math.min(AT_ONE_DESTINATION_MAX - here, OF_THE_FORCE_MAX - this.tries().length);
    if (limit <= 0) return [];
    const leaseMs = this.settings.timeoutMs + LEASE_BEYOND_TIMEOUT_MS;
    return this.database.transaction([this.force], async (client) => {
      const claimed = await claimDeliveries(client, this.force, destination.id, { limit, leaseMs });
      await recordAccess(
        client,
        claimed.flatMap(({ item }) => this.disclosures(destination, item)),
      );
      return claimed;
    });
  }

  /** A law-enforcement record that is sent is logged together with the claim, before the try. */
  private disclosures(
    { id, createdBy }: Destination,
    { requestId, data }: ClaimedDelivery['item'],
  ): AccessEntry[] {
    if (requestId === null || !this.types.isLawEnforcement(String((data as { type?: unknown }).type)))
      return [];
    return [
      {
        owningForce: this.force,
        person: createdBy,
        service: 'intake',
        operation: 'disclosure',
        requestId,
        recipient: `webhook ${id}`,
      },
    ];
  }

  private deliver(destination: Destination, delivery: ClaimedDelivery): void {
    const tries = this.inHand.get(destination.id) ?? new Set();
    this.inHand.set(destination.id, tries);
    const attempt = this.attempt(destination, delivery)
      // The lease ends by itself, and the event becomes due again.
      .catch((error: unknown) =>
        this.log.warn('the result of a delivery was not recorded', {
          force: this.force,
          error: (error as Error).message,
        }),
      )
      .finally(() => {
        tries.delete(attempt);
        if (tries.size === 0) this.inHand.delete(destination.id);
        // There is room for the next try now, and perhaps a later event of the same request is due.
        this.loop.nudge();
      });
    tries.add(attempt);
  }

  private async attempt(
    { id: webhookId, url, secrets }: Destination,
    { tries, item, place }: ClaimedDelivery,
  ): Promise<void> {
    const { force, settings } = this;
    const send = (): Promise<Outcome> => {
      const body = JSON.stringify({
        cursor: this.cursors.seal(feedOf(force), place),
        ...item,
      } satisfies FeedItem);
      return postEvent(settings, url, signedHeaders(secrets, item.id, body, new Date()), body);
    };
    // The sender died during the last try: its result is not known, and no further try is allowed.
    const lost: Outcome = { status: null, error: 'the result of the last try was lost' };
    const outcome = tries > triesMax(settings) ? lost : await send();
    await this.database.transaction([force], (client) =>
      recordOutcome(client, settings, { force, webhookId, eventId: item.id, tries }, outcome),
    );
  }

  private tries(): Promise<void>[] {
    return [...this.inHand.values()].flatMap((tries) => [...tries]);
  }
}
