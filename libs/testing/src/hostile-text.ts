import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#kernel';
import { ask, routesOf } from './every-route.ts';

/** Texts that show it if text from outside ever becomes part of a statement, a path or a header. */
const HOSTILE = [
  "' or '1'='1",
  "'; drop table request; --",
  "x') union select payload::text from request --",
  'state desc, (select pg_sleep(60))',
  '\\',
  '%00',
  '\u0000',
  '\r\nset-cookie: a=b',
  '../../etc/passwd',
  '$1',
  '-1',
  '1e999',
  '\ud83d\ude93',
  'x'.repeat(8_000),
];

/**
 * Puts hostile text into each parameter of every address, and into these query parameters of every route that
 * needs a token, as an allowed caller. Returns the answers that are a fault of the service or contain one of
 * the `secrets`, which the caller may not see; none if all is well.
 */
export async function askedHostilely(
  app: NestFastifyApplication,
  {
    token,
    parameters,
    secrets,
  }: { readonly token: string; readonly parameters: readonly string[]; readonly secrets: readonly string[] },
): Promise<{ readonly tried: number; readonly wrong: string[] }> {
  const wrong: string[] = [];
  let tried = 0;
  for (const { method, path, policy } of routesOf(app)) {
    const parts = path.split('/');
    const places = parts.flatMap((part, index) => (part === ':*' ? [index] : []));
    const addresses = HOSTILE.map(encodeURIComponent).flatMap((text) => [
      ...places.map((place) =>
        parts.map((part, index) => (index === place ? text : part === ':*' ? newId() : part)).join('/'),
      ),
      ...(method === 'GET' && policy?.kind !== 'open'
        ? parameters.map((name) => `${path.replaceAll(':*', newId())}?${name}=${text}`)
        : []),
    ]);
    for (const address of addresses) {
      const { statusCode, body } = await ask(app, { method, path: address, token });
      const told = secrets.some((secret) => body.includes(secret));
      if (statusCode >= 500 || told)
        wrong.push(
          `${method} ${address.slice(0, 120)}: ${statusCode}${told ? ', with what is a secret' : ''}`,
        );
      tried += 1;
    }
  }
  return { tried, wrong };
}
