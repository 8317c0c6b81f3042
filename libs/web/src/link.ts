/**
 * Writes the RFC 8288 Link header to the next page: the request's own target with another cursor. `target` is
 * the path and query as received (`request.url`).
 */
export function nextLink(target: string, cursor: string, parameter = 'cursor'): string {
  // Only the first question mark ends the path; a value may contain another.
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
