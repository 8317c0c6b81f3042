import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../measure/clock.ts';
import type { BenchStack } from '../measure/stack.ts';
import { submitterHeaders } from './intake-alone.ts';

const PAGE = 1_000;

interface FeedPage {
  readonly items: readonly {
    readonly type: string;
    readonly cursor: string;
    readonly data: { readonly forceReference: string };
  }[];
}

/** The feeds of all forces. Each is read from its last cursor, as a force's own system would poll it. */
export class ForceFeeds {
  private readonly forces: {
    readonly headers: () => Promise<Record<string, string>>;
    cursor: string | undefined;
  }[];
  private readonly bench: BenchStack;

  private constructor(bench: BenchStack, headers: readonly (() => Promise<Record<string, string>>)[]) {
    this.bench = bench;
    this.forces = headers.map((one) => ({ headers: one, cursor: undefined }));
  }

  static async open(bench: BenchStack): Promise<ForceFeeds> {
    return new ForceFeeds(
      bench,
      await Promise.all(Object.keys(bench.run.forces).map((force) => submitterHeaders(bench, force))),
    );
  }

  /** The headers for submissions: one set per force, with a token that is valid now. */
  headers(): Promise<Record<string, string>[]> {
    return Promise.all(this.forces.map(({ headers }) => headers()));
  }

  /** Reads to the end of the feeds, past the events of all earlier rounds. */
  async catchUp(): Promise<void> {
    for (const force of this.forces) while ((await this.readPage(force)).more);
  }

  /** Reads until this many more answers have come for all forces. `onAnswer` gets each one with its time. */
  async readAnswers(
    count: number,
    { everyMs, onAnswer }: { everyMs: number; onAnswer?: (reference: string, atMs: number) => void },
  ): Promise<void> {
    let found = 0;
    await Promise.all(
      this.forces.map(async (force) => {
        while (found < count) {
          const { answers, more } = await this.readPage(force);
          found += answers.length;
          const at = monotonicMs();
          for (const reference of answers) onAnswer?.(reference, at);
          if (!more) await pause(everyMs);
        }
      }),
    );
  }

  private async readPage(force: (typeof this.forces)[number]): Promise<{ answers: string[]; more: boolean }> {
    const after = force.cursor === undefined ? '' : `&after=${encodeURIComponent(force.cursor)}`;
    const url = `${this.bench.run.urls.intake}/v1/events?limit=${String(PAGE)}${after}`;
    const response = await fetch(url, { headers: await force.headers() });
    if (!response.ok) throw new Error(`feed: ${String(response.status)} ${await response.text()}`);
    const { items } = (await response.json()) as FeedPage;
    force.cursor = items.at(-1)?.cursor ?? force.cursor;
    const answered = items.filter(({ type }) => type === 'concordat.request-answered.v1');
    return { answers: answered.map(({ data }) => data.forceReference), more: items.length === PAGE };
  }
}
