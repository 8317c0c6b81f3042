import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#kernel';
import { PRECONDITIONS } from '#web';
import { ask, routesOf } from './every-route.ts';

/** Headers that a route may ignore when it only reads, because it then sends the whole answer. */
const HARMLESS_WHEN_READING: readonly string[] = ['If-None-Match', 'If-Modified-Since', 'If-Range'];

/**
 * Sends each precondition and parameter that a route does not read, and each parameter that it reads twice,
 * to every route as a caller that most routes allow. Returns those that were not refused with a 400 that
 * names them; none if all is well.
 */
export async function ignoredInputs(
  app: NestFastifyApplication,
  token: string,
): Promise<{ readonly tried: number; readonly ignored: string[] }> {
  const ignored: string[] = [];
  let tried = 0;
  for (const { method, path, inputs } of routesOf(app)) {
    const attempt = async (
      name: string,
      query: string,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<void> => {
      const reply = await ask(app, {
        method,
        path: `${path.replaceAll(':*', newId())}${query}`,
        token,
        inputs,
        headers,
      });
      if (reply.statusCode === 403) return;
      tried += 1;
      const named = method === 'HEAD' || reply.body.includes(`"pointer":"/${name}"`);
      if (reply.statusCode !== 400 || !named)
        ignored.push(`${method} ${path} ${name}: ${reply.statusCode} ${reply.body.slice(0, 200)}`);
    };
    const reading = method === 'GET' || method === 'HEAD';
    for (const name of PRECONDITIONS) {
      if (inputs.headers.includes(name) || (reading && HARMLESS_WHEN_READING.includes(name))) continue;
      await attempt(name, '', {
        [name.toLowerCase()]: name.endsWith('Since') ? new Date().toUTCString() : '"1"',
      });
    }
    await attempt('nobodyKnowsThis', '?nobodyKnowsThis=1');
    for (const name of inputs.query) await attempt(name, `?${name}=1&${name}=1`);
  }
  return { tried, ignored };
}
