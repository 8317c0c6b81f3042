import {
  Catch,
  HttpException,
  Inject,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { Refused } from '#client';
import { Refusal } from '#contracts';
import { isDatabaseUnavailable } from '#persistence';
import { traceIdOf, type HttpReply } from '#web';
import { DESK_CONFIG, type DeskConfig } from './desk.config.ts';
import { ownerOf } from './drafts/form-owner.ts';
import { UnsentTexts } from './drafts/unsent-texts.store.ts';
import { SignInOver } from './sign-in/oidc.ts';
import { SignInNeeded } from './session/session.guard.ts';
import type { DeskRequest } from './session/session.ts';
import { UnitAway } from './units/unit-desks.ts';
import { Pages } from './layout/page.ts';

interface Message {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly text: string; readonly href: string };
}

const NOT_FOUND: Message = {
  status: 404,
  title: 'Not found',
  text: 'There is nothing at this address that you may see. The request may belong to a force or a unit that you do not work for, or the address may have a mistake.',
};
/** The desk itself answers this only to a form whose token belongs to another session. */
const FOREIGN_TOKEN = 403;
const FAULT: Message = {
  status: 500,
  title: 'Something went wrong here',
  text: 'The error has been logged. Nothing that you typed is lost: go back, copy it to be safe, and try again.',
};

/** Answers every error with a page that says what happened and what to do. */
@Catch()
export class DeskFilter implements ExceptionFilter {
  private readonly logger = new Logger('desk');

  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(UnsentTexts) private readonly unsent: UnsentTexts,
    @Inject(DESK_CONFIG) private readonly config: DeskConfig,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const [request, reply] = host.getArgs<[DeskRequest, HttpReply]>();
    if (reply.sent) return;
    if (error instanceof SignInNeeded || error instanceof SignInOver) {
      await this.sendToSignIn(request, reply);
      return;
    }
    if (error instanceof UnitAway && request.method === 'POST')
      await this.unsent.keepPosted(request).catch(() => undefined);
    const owner =
      statusOf(error) === FOREIGN_TOKEN ? ownerOf(request.body, this.config.sessionKey) : undefined;
    if (owner !== undefined && request.session.person === undefined) {
      await this.sendToSignIn(request, reply, owner);
      return;
    }
    const isKept =
      owner !== undefined &&
      (await this.unsent.keepPosted(request, owner).then(
        () => true,
        () => false,
      ));
    const message = isKept ? olderForm(request, owner) : messageOf(error);
    if (message === FAULT)
      this.logger.error(
        'a request failed',
        {
          httpRequestId: request.id,
          traceId: traceIdOf(request.headers.traceparent),
          route: `${request.method} ${request.routeOptions.url ?? 'unrouted'}`,
        },
        error,
      );
    await reply.code(message.status).view('message.njk', {
      page: this.pages.of(request, { title: message.title }),
      message: { link: { text: 'Back to my work', href: '/work' }, ...message },
    });
  }

  private async sendToSignIn(request: DeskRequest, reply: HttpReply, owner?: string): Promise<void> {
    if (request.method !== 'GET') await this.unsent.keepPosted(request, owner).catch(() => undefined);
    // A script must not follow a redirect to another server; it shows the sign-in by itself.
    const { 'x-desk': by } = request.headers;
    if (by === 'script') {
      await reply.code(401).send({ signIn: '/sign-in' });
      return;
    }
    void reply.redirect(`/sign-in?${new URLSearchParams({ to: placeOf(request) }).toString()}`, 303);
  }
}

/** Says that a form is older than the session. Its text is kept for the person for whom it was made. */
function olderForm(request: DeskRequest, owner: string): Message {
  const { person } = request.session;
  if (person?.subject === owner)
    return {
      status: 403,
      title: 'You signed in again after you opened this form',
      text: 'Nothing was sent. Your text is kept: open the form again, and send it.',
      link: { text: 'Open the form with your text', href: placeOf(request) },
    };
  return {
    status: 403,
    title: 'Another person has signed in since this form was opened',
    text: `Nothing was sent, because ${person?.name ?? 'another person'} is signed in in this browser now. The text is kept for the person who opened the form, and is there again after that person signs in.`,
  };
}

/** After a post, the browser returns to the page of the form. */
function placeOf({ method, originalUrl }: DeskRequest): string {
  if (method === 'GET') return originalUrl;
  const made = /^\/force\/new\/[a-z-]+\/[a-z-]+/.exec(originalUrl)?.[0];
  if (made !== undefined) return made;
  const form = /^(\/(?:requests|force)\/[^/?]+\/[^/?]+)\/([a-z-]+)/.exec(originalUrl);
  return form ? `${form[1] ?? ''}?do=${form[2] ?? ''}` : '/work';
}

function messageOf(error: unknown): Message {
  if (error instanceof UnitAway)
    return {
      status: 503,
      title: `${sentence(error.unit)} does not answer`,
      text: 'Your other units stay usable. What you typed is kept. Try again in a minute.',
    };
  if (error instanceof Refused)
    return error.status === 404
      ? NOT_FOUND
      : { status: error.status, title: error.problem.title, text: error.problem.detail };
  if (error instanceof Refusal)
    return error.problem.status === 404
      ? NOT_FOUND
      : { status: error.problem.status, title: error.problem.title, text: error.problem.detail };
  if (isDatabaseUnavailable(error))
    return { status: 503, title: 'The desk cannot reach its database', text: 'Try again in a minute.' };
  const status = statusOf(error);
  if (status === 404) return NOT_FOUND;
  if (status === FOREIGN_TOKEN)
    return {
      status: 403,
      title: 'This form is out of date',
      text: 'It was opened in another session, or before you signed in again. Go back, reload the page, and send it again.',
    };
  if (status !== undefined && status < 500)
    return { status, title: 'This could not be read', text: 'Go back and try again.' };
  return FAULT;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

function sentence(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
