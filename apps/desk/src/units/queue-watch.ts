import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import { SignInOver } from '../sign-in/oidc.ts';
import type { QueueChange } from './unit-api.ts';
import type { Session, UnitDesks } from './unit-desks.ts';

/** An open page that wants to know what changes. */
export interface Listener {
  readonly session: Session;
  readonly changed: (unit: string, changes: readonly QueueChange[]) => void;
  /** The session of the page is over. */
  readonly signedOut: () => void;
}

const EVERY_MS = 2_000;
/** A unit that is away is asked less often. */
const AFTER_FAULT_MS = 10_000;
/** Changes are remembered for this time, for pages that were made before and begin to listen now. */
const REMEMBERED_MS = 60_000;
/** A page that was made begins to listen in this time, or never. */
const EXPECTED_MS = 30_000;

/** The place in the log of a unit's changes, for all people who see the same forces there. */
interface Place {
  readonly unit: string;
  /** Anybody who sees these forces; their token asks. */
  session: Session;
  cursor: string | undefined;
  restUntil: number;
  keptUntil: number;
  recent: { readonly at: number; readonly changes: readonly QueueChange[] }[];
  readonly listeners: Set<Listener>;
}

/**
 * Asks the units what changed, once for all people who see the same forces there, and only while a page is
 * open or about to be.
 */
export class QueueWatch {
  private readonly log = new Logger('live');
  private readonly places = new Map<string, Place>();
  private loop: BackgroundLoop | undefined;

  constructor(private readonly desks: UnitDesks) {}

  /**
   * Begins to watch the units of a person before a page is made for them, so that no change after it is
   * missed.
   */
  async expect(session: Session): Promise<void> {
    const places = await this.placesOf(session);
    await Promise.all(
      places.map(async (place) => {
        place.keptUntil = Date.now() + EXPECTED_MS;
        if (place.cursor === undefined) await this.ask(place);
      }),
    );
    this.loop ??= this.begin();
  }

  /** Tells the listener what changed since its page was made. Returns a function that ends the watch. */
  async add(listener: Listener, since: number): Promise<() => void> {
    const places = await this.placesOf(listener.session);
    for (const place of places) {
      for (const { at, changes } of place.recent) if (at >= since) listener.changed(place.unit, changes);
      place.listeners.add(listener);
    }
    this.loop ??= this.begin();
    return () => {
      for (const place of places) place.listeners.delete(listener);
    };
  }

  async stop(): Promise<void> {
    this.places.clear();
    await this.loop?.stop();
  }

  private begin(): BackgroundLoop {
    const loop = new BackgroundLoop({
      turn: async () => {
        const now = Date.now();
        for (const [key, { listeners, keptUntil }] of this.places)
          if (listeners.size === 0 && keptUntil < now) this.places.delete(key);
        await Promise.all([...this.places.values()].map((place) => this.ask(place)));
        return EVERY_MS;
      },
      failed: (error) => {
        this.log.warn('the units could not be asked for changes', { reason: String(error) });
        return AFTER_FAULT_MS;
      },
    });
    loop.start(EVERY_MS);
    return loop;
  }

  private async ask(place: Place): Promise<void> {
    const now = Date.now();
    if (place.restUntil > now) return;
    const [listener] = place.listeners;
    const query = place.cursor === undefined ? {} : { after: place.cursor };
    try {
      const { items, next } = await this.desks.ask(listener?.session ?? place.session, place.unit, (client) =>
        client.changes(query),
      );
      place.cursor = next;
      place.recent = place.recent.filter(({ at }) => at > now - REMEMBERED_MS);
      if (items.length === 0) return;
      place.recent.push({ at: Date.now(), changes: items });
      for (const { changed } of place.listeners) changed(place.unit, items);
    } catch (error) {
      // The others who see the same forces go on with the token of one of them.
      if (error instanceof SignInOver && listener) {
        place.listeners.delete(listener);
        listener.signedOut();
        return;
      }
      // The page itself says which unit is away; a later turn goes on from the same place.
      place.restUntil = now + AFTER_FAULT_MS;
    }
  }

  /** The places of a person's units; a unit that does not answer has none. */
  private async placesOf(session: Session): Promise<Place[]> {
    const units = session.person?.units ?? [];
    const places = await Promise.all(units.map((unit) => this.placeAt(session, unit)));
    return places.filter((place) => place !== undefined);
  }

  private async placeAt(session: Session, unit: string): Promise<Place | undefined> {
    try {
      const { forces } = await this.desks.unit(session, unit);
      const key = [unit, ...forces.map(({ slug }) => slug).sort()].join(' ');
      const known = this.places.get(key);
      if (known) known.session = session;
      const nothing = { cursor: undefined, restUntil: 0, keptUntil: 0, recent: [] };
      const place: Place = known ?? { unit, session, ...nothing, listeners: new Set() };
      this.places.set(key, place);
      return place;
    } catch {
      return undefined;
    }
  }
}
