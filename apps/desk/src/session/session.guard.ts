import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HealthController, type HttpReply } from '#web';
import { DESK_CONFIG, type DeskConfig } from '../desk.config.ts';
import { accessOf } from './desk-route.ts';
import type { DeskRequest } from './session.ts';

/** A session is marked as used at most this often, because each mark is a write. */
const MARK_EVERY_SECONDS = 30;

/** The header by which a script learns how long the session lasts if nobody uses the desk any more. */
const SECONDS_LEFT = 'x-session-seconds-left';

/** Thrown for a person who must sign in; the filter sends the browser to the sign-in. */
export class SignInNeeded extends Error {}

/** Lets a request pass if its route is open or its session is valid. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(@Inject(DESK_CONFIG) private readonly config: DeskConfig) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler());
    if (access === 'anybody') return true;
    // The health routes come from the web library and are open.
    if (access === undefined) return context.getClass() === HealthController;
    const request = context.getArgByIndex<DeskRequest>(0);
    const reply = context.getArgByIndex<HttpReply>(1);
    reply.header('cache-control', 'no-store');
    const { session } = request;
    const now = Math.floor(Date.now() / 1_000);
    if (session.person !== undefined && this.secondsLeft(session, now) > 0) {
      // An open list reads itself again when something changes, and nobody has to be there for that.
      const { 'x-desk': by } = request.headers;
      const byScript = by === 'script';
      const used = access !== 'watching' && !(byScript && request.method === 'GET');
      if (used && now - (session.usedAt ?? 0) >= MARK_EVERY_SECONDS) session.usedAt = now;
      if (byScript) reply.header(SECONDS_LEFT, String(this.secondsLeft(session, now)));
      return true;
    }
    throw new SignInNeeded();
  }

  private secondsLeft({ signedInAt = 0, usedAt = 0 }: DeskRequest['session'], now: number): number {
    const { idleMinutes, sessionHours } = this.config;
    return Math.min(usedAt + idleMinutes * 60, signedInAt + sessionHours * 3_600) - now;
  }
}
