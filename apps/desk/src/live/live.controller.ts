import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { HttpReply } from '#web';
import { presenceText, RequestPages } from '../request/request-pages.ts';
import { Presence } from '../presence/presence.store.ts';
import { Watching } from '../session/desk-route.ts';
import type { DeskRequest } from '../session/session.ts';
import { QueueWatch } from '../units/queue-watch.ts';
import { EventStream } from './event-stream.ts';

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
    const ends: (() => void)[] = [];
    const stream = new EventStream(reply.raw, request.raw.socket, () => {
      for (const end of ends) end();
    });
    stream.open({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const leave = await this.watch.add(
      {
        session,
        changed: (of, changes) => stream.send('changes', { unit: of, changes }),
        signedOut: () => stream.end(),
      },
      // The time at which the page was made; a page without it hears what changes from now on.
      typeof since === 'string' && /^\d{1,15}$/.test(since) ? Number(since) : Date.now(),
    );
    // The page may have gone before anything here began.
    if (!stream.isOpen) {
      leave();
      return;
    }
    const present = async (): Promise<void> => {
      const { person } = session;
      if (!shown || !person) return;
      const names = await this.presence.enter(unit, shown.request.id, person.subject, person.name);
      stream.send('presence', { text: presenceText(names) });
    };
    const beat = setInterval(() => {
      stream.beat();
      if (stream.isOpen) present().catch(() => undefined);
    }, PRESENCE_EVERY_MS);
    const end = setTimeout(() => stream.end(), STREAM_MS_MAX);
    ends.push(
      leave,
      () => clearInterval(beat),
      () => clearTimeout(end),
    );
  }
}
