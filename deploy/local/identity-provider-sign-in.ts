import type { IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { messagePage, pageHeaders, signInPage } from './identity-provider-pages.ts';
import type { Person } from './identity-provider-people.ts';

/** The form sends one subject of at most 120 characters. */
const FORM_BYTES_MAX = 4_096;
const INTERACTION = /^\/sign-in\/[\w-]{1,64}$/;

/** Refuses to exist in production, because these pages let anybody sign in as anybody. */
export function refuseProduction(): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'The development identity provider does not run with NODE_ENV=production. Set OIDC_ISSUER to your own provider.',
    );
  }
}

/** The address of the sign-in page, to which the provider sends the browser. */
export const signInPath = (uid: string): string => `/sign-in/${uid}`;

/** Adds the sign-in page to the provider, and the security headers to every page. */
export function addSignInPages(
  provider: Provider,
  people: ReadonlyMap<string, Person>,
  clientOrigins: readonly string[],
): void {
  refuseProduction();
  provider.use(async (ctx, next) => {
    if (INTERACTION.test(ctx.path)) await answer(ctx, provider, people);
    else await next();
    if (ctx.response.is('html')) ctx.set(pageHeaders(String(ctx.body), clientOrigins));
  });
}

async function answer(
  ctx: Pick<
    KoaContextWithOIDC,
    'req' | 'res' | 'method' | 'path' | 'status' | 'type' | 'body' | 'respond' | 'get'
  >,
  provider: Provider,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const show = (status: number, page: string): void => {
    Object.assign(ctx, { status, type: 'html', body: page });
  };
  const { req, res } = ctx;
  let asked: Awaited<ReturnType<Provider['interactionDetails']>>;
  try {
    asked = await provider.interactionDetails(req, res);
  } catch {
    show(400, messagePage('This sign-in is over', 'Go back to the desk and sign in again.'));
    return;
  }
  const finish = async (result: Parameters<Provider['interactionFinished']>[2]): Promise<void> => {
    // The library writes the redirect itself.
    ctx.respond = false;
    await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  };
  // A person who is signed in and only has to agree has agreed: this provider asks for no consent.
  if (asked.prompt.name !== 'login') return finish({ consent: {} });
  if (ctx.method === 'GET') {
    show(200, signInPage(ctx.path, [...people.values()]));
    return;
  }
  // Another page may not choose a person. Browsers send this header; other clients may leave it out.
  if (ctx.method !== 'POST' || !['', 'same-origin'].includes(ctx.get('sec-fetch-site'))) {
    show(403, messagePage('Not possible', 'Only the sign-in page itself may send this form.'));
    return;
  }
  const form = await formOf(req);
  if (form?.has('cancel') === true)
    return finish({ error: 'access_denied', error_description: 'The sign-in was cancelled.' });
  const person = people.get(form?.get('person') ?? '');
  if (person === undefined) {
    show(400, messagePage('Nobody has this name', 'Go back and choose a person from the lists.'));
    return;
  }
  return finish({ login: { accountId: person.subject }, consent: {} });
}

/** Reads the form; undefined if it is too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_BYTES_MAX) return undefined;
  }
  return new URLSearchParams(text);
}
