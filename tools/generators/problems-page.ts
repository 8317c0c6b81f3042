import { PROBLEMS } from '#contracts';
import { table } from '../markdown/markdown.ts';

const KINDS = {
  business: 'a person or the sender must change something',
  system: 'a retry may help; see Retry-After',
} as const;

/** Generates docs/reference/problems.md, which lists every problem by its code. */
export function problemsPage(): string {
  return [
    '# Problems',
    '',
    'Generated from `libs/contracts/src/problem.ts` by `npm run generate`; do not edit.',
    '',
    'Every refusal has RFC 9457 problem details: over REST as `application/problem+json`, over Kafka inside `concordat.request-refused.v1`. `code` is stable;',
    '`detail` is for people; `errors[]` points at each fault of the body with a JSON pointer.',
    '',
    ...table(
      ['code', 'status', 'title', 'kind'],
      Object.entries(PROBLEMS).map(([code, { status, title, kind }]) => [
        `\`${code}\``,
        String(status),
        title,
        `${kind}: ${KINDS[kind]}`,
      ]),
    ),
    '',
  ].join('\n');
}
