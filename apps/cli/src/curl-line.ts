/** The curl command that does the same as a call. The access token is named, not shown, unless `showToken`; nor is a file that is uploaded. */
export async function curlLine(call: Request, { showToken = false } = {}): Promise<string> {
  const headers = [...call.headers]
    .filter(([name]) => name !== 'authorization')
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const authorization = call.headers.get('authorization');
  if (authorization !== null)
    headers.unshift(
      showToken ? `-H ${quoted(`authorization: ${authorization}`)}` : '-H "authorization: Bearer $TOKEN"',
    );
  // An upload is a stream that can be read once, and may be long.
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

/** One word for a POSIX shell, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
