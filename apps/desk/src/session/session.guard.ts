import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HealthController, type HttpReply } from '#web';
import { DESK_CONFIG, type DeskConfig } from '../desk.config.ts';
import { accessOf } from './desk-route.ts';
import type { DeskRequest } from './session.ts';

/** A session is marked as used at most this often, because each mark is a write. */
const MARK_EVERY_SECONDS = 30;

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
    if (session.person !== undefined && this.lasts(session, now)) {
      if (access !== 'watching' && now - (session.usedAt ?? 0) >= MARK_EVERY_SECONDS) session.usedAt = now;
      return true;
    }
    throw new SignInNeeded();
  }

  private lasts({ signedInAt = 0, usedAt = 0 }: DeskRequest['session'], now: number): boolean {
    return now - usedAt < this.config.idleMinutes * 60 && now - signedInAt < this.config.sessionHours * 3_600;
  }
}
