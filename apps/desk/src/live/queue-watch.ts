import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import type { QueueChange } from '../units/unit-api.ts';
import type { Session, UnitDesks } from '../units/unit-desks.ts';

/** An open page that wants to know what changes. */
export interface Listener {
  readonly session: Session;
  readonly changed: (unit: string, changes: readonly QueueChange[]) => void;
}

const EVERY_MS = 2_000;
/** A unit that is away is asked less often. */
const AFTER_FAULT_MS = 10_000;

/**
 * Asks the units what changed, once for all people who see the same forces there, and only while a page is
 * open.
 */
export class QueueWatch {
  private readonly log = new Logger('live');
  private readonly listeners = new Set<Listener>();
  private readonly places = new Map<string, { cursor: string | undefined; restUntil: number }>();
  private loop: BackgroundLoop | undefined;

  constructor(private readonly desks: UnitDesks) {}

  /** Returns a function that ends the watch. */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    this.loop ??= this.begin();
    return () => {
      this.listeners.delete(listener);
    };
  }

  async stop(): Promise<void> {
    this.listeners.clear();
    await this.loop?.stop();
  }

  private begin(): BackgroundLoop {
    const loop = new BackgroundLoop({
      turn: async () => {
        if (this.listeners.size > 0) await this.ask();
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

  private async ask(): Promise<void> {
    const groups = new Map<string, { readonly unit: string; readonly listeners: Listener[] }>();
    for (const listener of this.listeners) {
      for (const unit of listener.session.person?.units ?? []) {
        const forces = await this.forcesOf(listener.session, unit);
        if (forces === undefined) continue;
        const key = `${unit} ${forces}`;
        const group = groups.get(key) ?? { unit, listeners: [] };
        group.listeners.push(listener);
        groups.set(key, group);
      }
    }
    for (const key of this.places.keys()) if (!groups.has(key)) this.places.delete(key);
    await Promise.all([...groups].map(([key, { unit, listeners }]) => this.askUnit(key, unit, listeners)));
  }

  private async askUnit(key: string, unit: string, listeners: readonly Listener[]): Promise<void> {
    const place = this.places.get(key) ?? { cursor: undefined, restUntil: 0 };
    this.places.set(key, place);
    const [first] = listeners;
    if (!first || place.restUntil > Date.now()) return;
    const query = place.cursor === undefined ? {} : { after: place.cursor };
    try {
      const { items, next } = await this.desks.ask(first.session, unit, (client) => client.changes(query));
      place.cursor = next;
      if (items.length > 0) for (const { changed } of listeners) changed(unit, items);
    } catch {
      // The page itself says which unit is away; a later turn goes on from the same place.
      place.restUntil = Date.now() + AFTER_FAULT_MS;
    }
  }

  /** The forces that a person sees at a unit; people with the same forces share one question. */
  private async forcesOf(session: Session, unit: string): Promise<string | undefined> {
    try {
      const { forces } = await this.desks.unit(session, unit);
      return forces
        .map(({ slug }) => slug)
        .sort()
        .join(',');
    } catch {
      return undefined;
    }
  }
}
