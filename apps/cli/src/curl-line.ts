/**
 * Writes a call as a curl command. It shows the access token only with `showToken`, and never an uploaded
 * file.
 */
export async function curlLine(call: Request, { showToken = false } = {}): Promise<string> {
  const headers = [...call.headers]
    .filter(([name]) => name !== 'authorization')
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const authorization = call.headers.get('authorization');
  if (authorization !== null)
    headers.unshift(
      showToken ? `-H ${quoted(`authorization: ${authorization}`)}` : '-H "authorization: Bearer $TOKEN"',
    );
  // An upload is a stream that can be read only once and may be long.
  const isUpload = /^(?:application\/x-ndjson|text\/csv)/.test(call.headers.get('content-type') ?? '');
  const body = call.body === null ? '' : isUpload ? '@FILE' : await call.clone().text();
  const method = call.method === (body === '' ? 'GET' : 'POST') ? [] : ['-X', call.method];
  return [
    'curl',
    '-i',
    ...method,
    quoted(call.url),
    ...headers,
    ...(body === '' ? [] : [isUpload ? '--data-binary' : '--data-raw', quoted(body)]),
  ].join(' ');
}

/** Quotes any text as one word for a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
