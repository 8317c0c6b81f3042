import { once } from 'node:events';

const SAY_AFTER_MS = 2_000;
const SAY_AGAIN_MS = { terminal: 1_000, plain: 10_000 };

export interface Streams {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Prints results on one stream and messages for a person on the other. Without a terminal all output is
 * plain.
 */
export class Terminal {
  private line = '';

  constructor(private readonly streams: Streams) {}

  /** Prints one line of the result, and waits for a slow reader. */
  async print(text: string): Promise<void> {
    this.wipe();
    const { out } = this.streams;
    if (!out.write(`${text}\n`)) await once(out, 'drain');
  }

  say(text: string): void {
    this.wipe();
    this.streams.err.write(`${text}\n`);
  }

  /**
   * Shows progress after two seconds: one line that is rewritten on a terminal, a new line now and then
   * elsewhere.
   */
  progress(what: () => string): () => void {
    const began = Date.now();
    const { err } = this.streams;
    const draw = (): void => {
      const text = `… ${what()} (${Math.round((Date.now() - began) / 1_000)} s)`;
      if (!err.isTTY) return this.say(text);
      this.wipe();
      err.write(text);
      this.line = text;
    };
    let again: NodeJS.Timeout | undefined;
    const first = setTimeout(() => {
      draw();
      again = setInterval(draw, err.isTTY ? SAY_AGAIN_MS.terminal : SAY_AGAIN_MS.plain);
    }, SAY_AFTER_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      this.wipe();
    };
  }

  private wipe(): void {
    if (this.line !== '') this.streams.err.write('\r\u001b[K');
    this.line = '';
  }
}
