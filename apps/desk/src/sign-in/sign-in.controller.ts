import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { DESK_CONFIG, type DeskConfig } from '../desk.config.ts';
import { Pages } from '../layout/page.ts';
import { Preferences } from '../preferences/preferences.store.ts';
import type { HttpReply } from '#web';
import { ForAnybody, SignedIn } from '../session/desk-route.ts';
import { SignIn } from './oidc.ts';
import type { DeskRequest } from '../session/session.ts';

/** A place on the desk to which the browser may return. An address elsewhere is never followed. */
const OWN_PLACE = /^\/(?![/\\])[\x21-\x7e]{0,1000}$/;

@Controller()
export class SignInController {
  constructor(
    @Inject(DESK_CONFIG) private readonly config: DeskConfig,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Preferences) private readonly preferences: Preferences,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  /** Begins a sign-in and sends the browser to the identity provider. */
  @Get('sign-in')
  @ForAnybody()
  async begin(@Req() request: DeskRequest, @Query('to') to: unknown, @Res() reply: HttpReply): Promise<void> {
    const returnTo = typeof to === 'string' && OWN_PLACE.test(to) ? to : '/work';
    const { url, pending } = await this.signIn.begin(returnTo);
    request.session.pending = pending;
    void reply.header('cache-control', 'no-store').redirect(url.href, 303);
  }

  /** The identity provider sends the browser back here. The session gets a new id, so none can be planted. */
  @Get('sign-in/callback')
  @ForAnybody()
  async complete(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { pending } = request.session;
    reply.header('cache-control', 'no-store');
    if (pending === undefined) {
      void reply.redirect('/sign-in', 303);
      return;
    }
    const asked = new URL(request.originalUrl, this.config.origin);
    // An address that somebody else made, with their code or their words, is not the answer to this sign-in.
    if (asked.searchParams.get('state') !== pending.state) {
      await this.refused(request, reply, 'This is not the sign-in that was begun in this browser.');
      return;
    }
    delete request.session.pending;
    if (asked.searchParams.has('error')) {
      await this.refused(request, reply, asked.searchParams.get('error_description'));
      return;
    }
    const before = request.session.person?.subject;
    const signedIn = await this.signIn.complete(asked, pending);
    if (signedIn === undefined) {
      await this.refused(request, reply, null);
      return;
    }
    const keyboard = await this.preferences.keyboardOf(signedIn.person.subject);
    this.signIn.forget(request.session.sessionId);
    await request.session.regenerate();
    const now = Math.floor(Date.now() / 1_000);
    Object.assign(request.session, { ...signedIn, keyboard, signedInAt: now, usedAt: now });
    // Another person begins at their own work, not at the page of the person before.
    const returns = before === undefined || before === signedIn.person.subject;
    void reply.redirect(returns ? pending.returnTo : '/', 303);
  }

  /** Ends the session here and at the identity provider. */
  @Post('sign-out')
  @SignedIn()
  async signOut(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    const { refreshToken, idToken, sessionId } = request.session;
    this.signIn.forget(sessionId);
    const elsewhere =
      idToken === undefined ? undefined : await this.signIn.endSessionUrl(idToken).catch(() => undefined);
    if (refreshToken !== undefined) await this.signIn.revoke(refreshToken).catch(() => undefined);
    await request.session.destroy();
    void reply.redirect(elsewhere?.href ?? '/signed-out', 303);
  }

  /** Keeps the session from ending while somebody types. The guard has marked it as used. */
  @Post('session/stay')
  @HttpCode(204)
  @SignedIn()
  stay(@Req() request: DeskRequest, @Res() reply: HttpReply): void {
    request.session.usedAt = Math.floor(Date.now() / 1_000);
    void reply.code(204).send();
  }

  @Get('signed-out')
  @ForAnybody()
  async signedOut(@Req() request: DeskRequest, @Res() reply: HttpReply): Promise<void> {
    await reply.view('message.njk', {
      page: this.pages.of(request, { title: 'You are signed out' }),
      message: {
        title: 'You are signed out',
        text: 'Close the browser if other people use this computer.',
        link: { text: 'Sign in', href: '/sign-in' },
      },
    });
  }

  private async refused(request: DeskRequest, reply: HttpReply, why: string | null): Promise<void> {
    await reply.code(403).view('message.njk', {
      page: this.pages.of(request, { title: 'You could not be signed in' }),
      message: {
        title: 'You could not be signed in',
        text: why ?? 'The identity provider refused the sign-in.',
        link: { text: 'Try again', href: '/sign-in' },
      },
    });
  }
}
