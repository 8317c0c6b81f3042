import { SANDBOX_SCENARIOS } from '#intake';
import { table } from '../markdown/markdown.ts';

/** docs/reference/sandbox.md: what each reference of a sandbox leads to. */
export function sandboxPage(): string {
  const [usual] = SANDBOX_SCENARIOS;
  return [
    '# References of the sandbox',
    '',
    'Generated from `apps/intake/src/sandbox/scenarios.ts` by `npm run generate`; do not edit. [How to try the sandbox](../how-to/try-the-sandbox.md).',
    '',
    `What becomes of a request of \`testshire\` is said by how its \`reference\` begins, in lower case and with the hyphen; any other is played as \`${usual.name}-\`.`,
    '',
    ...table(
      ['reference', 'what happens'],
      SANDBOX_SCENARIOS.map(({ name, outcome }) => [`\`${name}-…\``, outcome]),
    ),
    '',
  ].join('\n');
}
