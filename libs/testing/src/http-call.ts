import supertest from 'supertest';

/** One call of a service under test. */
export interface HttpCall {
  readonly method: string;
  /** Path and query, sent unchanged. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The unchanged answer. Each test checks its text. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Calls a service that listens at `url`. No status is an error here, and no redirect is followed. */
export async function callOverHttp(
  url: string,
  { method, path, headers = {}, body }: HttpCall,
): Promise<HttpAnswer> {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const call = supertest(url)
    [verb](path)
    .set(headers)
    .redirects(0)
    .buffer(true)
    // The body stays text, because tests check what was sent and not what a parser makes of it.
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
      response.on('end', () => {
        done(null, Buffer.concat(chunks).toString('utf8'));
      });
    });
  const response = await (body === undefined ? call : call.send(body));
  // Without the id, a caller could not name this answer in a question about it.
  if (response.headers['x-request-id'] === undefined)
    throw new Error(`The answer to ${method} ${path} has no X-Request-Id.`);
  return { status: response.status, headers: new Headers(response.headers), text: response.body as string };
}
