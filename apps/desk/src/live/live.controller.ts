import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { HttpReply } from '#web';
import { presenceText, RequestPages } from '../request/request-pages.ts';
import { Presence } from '../presence/presence.store.ts';
import { Watching } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { QueueWatch } from '../units/queue-watch.ts';

const PRESENCE_EVERY_MS = 15_000;
/** The browser opens the stream again; its session is then checked again. */
const STREAM_MS_MAX = 5 * 60_000;
const REQUEST_KEY = /^([a-z][a-z0-9-]*)\/([A-Za-z0-9-]+)$/;

/** A stream of what changes, for a page that is open (server-sent events). */
@Controller('live')
export class LiveController {
  constructor(
    @Inject(QueueWatch) private readonly watch: QueueWatch,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(RequestPages) private readonly requests: RequestPages,
  ) {}

  @Get()
  @Watching()
  async open(
    @Req() request: DeskRequest,
    @Query('request') key: unknown,
    @Query('since') since: unknown,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const { session } = request;
    const [, unit = '', reference = ''] = REQUEST_KEY.exec(typeof key === 'string' ? key : '') ?? [];
    // Presence is shown only for a request that this person may see.
    const shown = unit === '' ? undefined : await this.requests.read(session, unit, reference);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const send = (event: string, value: unknown): void => {
      raw.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
    };
    const present = async (): Promise<void> => {
      const { person } = session;
      if (!shown || !person) return;
      const names = await this.presence.enter(unit, shown.request.id, person.subject, person.name);
      send('presence', { text: presenceText(names) });
    };
    const leave = await this.watch.add(
      { session, changed: (of, changes) => send('changes', { unit: of, changes }) },
      // The time at which the page was made; a page without it hears what changes from now on.
      typeof since === 'string' && /^\d{1,15}$/.test(since) ? Number(since) : Date.now(),
    );
    const beat = setInterval(() => {
      raw.write(': \n\n');
      present().catch(() => undefined);
    }, PRESENCE_EVERY_MS);
    const end = setTimeout(() => raw.end(), STREAM_MS_MAX);
    if (raw.destroyed) leave();
    raw.on('close', () => {
      leave();
      clearInterval(beat);
      clearTimeout(end);
    });
    raw.write('retry: 3000\n\n');
  }
}
