import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A page that leaves more than this unread does not read any more. */
const UNREAD_BYTES_MAX = 256 * 1024;
/** After its end, a stream has this long to reach the page. */
const FLUSH_MS_MAX = 10_000;

/**
 * A stream of server-sent events to one page. It ends once, whatever ends it: the desk, the page, or a page
 * that does not read. After that nothing is written, because writing to an answer that has ended is an error
 * that nobody catches.
 */
export class EventStream {
  private isOver = false;

  /** `ended` runs once; at once if the page has gone already, for then no event will say so. */
  constructor(
    private readonly answer: ServerResponse,
    private readonly connection: Socket,
    private readonly ended: () => void,
  ) {
    const over = (): void => this.finish();
    answer.on('close', over).on('error', over);
    if (this.isGone) over();
  }

  /** False as soon as nothing that is sent can arrive. */
  get isOpen(): boolean {
    return !this.isOver;
  }

  open(headers: Readonly<Record<string, string>>): void {
    if (this.isOver) return;
    this.answer.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    this.write('retry: 3000\n\n');
  }

  send(event: string, value: unknown): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  /** A line that the page ignores. It shows whether the connection still exists. */
  beat(): void {
    this.write(': \n\n');
  }

  end(): void {
    if (this.isOver) return;
    this.finish();
    const cut = setTimeout(() => this.connection.destroy(), FLUSH_MS_MAX);
    const done = (): void => clearTimeout(cut);
    this.answer.once('finish', done).once('close', done).end();
  }

  private get isGone(): boolean {
    return this.answer.destroyed || this.connection.destroyed;
  }

  private write(text: string): void {
    if (this.isOver) return;
    if (this.isGone || this.answer.writableLength > UNREAD_BYTES_MAX) {
      this.finish();
      this.connection.destroy();
      return;
    }
    this.answer.write(text);
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.ended();
  }
}
