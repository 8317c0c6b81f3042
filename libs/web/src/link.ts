/**
 * RFC 8288 Link header to the next page: the request's own target with another cursor.
 * `target` is path and query as received (`request.url`).
 */
export function nextLink(target: string, cursor: string, parameter = 'cursor'): string {
  const [path = '', query = ''] = target.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
