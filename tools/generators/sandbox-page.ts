import { SANDBOX_SCENARIOS } from '#intake';
import { table } from '../markdown/markdown.ts';

/** Generates docs/reference/sandbox.md, which lists the result of each reference of a sandbox. */
export function sandboxPage(): string {
  const [usual] = SANDBOX_SCENARIOS;
  return [
    '# References of the sandbox',
    '',
    'Generated from `apps/intake/src/sandbox/scenarios.ts` by `npm run generate`; do not edit. [How to try the sandbox](../how-to/try-the-sandbox.md).',
    '',
    `The start of its \`reference\`, in lower case and with the hyphen, decides what happens to a request of \`testshire\`. Any other reference is treated as \`${usual.name}-\`.`,
    '',
    ...table(
      ['reference', 'what happens'],
      SANDBOX_SCENARIOS.map(({ name, outcome }) => [`\`${name}-…\``, outcome]),
    ),
    '',
  ].join('\n');
}
