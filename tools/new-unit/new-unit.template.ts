export interface NewUnit {
  /** Folder under apps/, kebab-case. */
  readonly slug: string;
  /** Three capitals before the short reference. */
  readonly prefix: string;
  readonly title: string;
  /** F1 to F21 of the catalogue. */
  readonly functionId: string;
}

const pascal = (slug: string): string =>
  slug.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const camel = (slug: string): string => pascal(slug).replace(/^./, (letter) => letter.toLowerCase());
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * The files of a unit that works from the start, by their path below apps/: one request type to rename and
 * fill in.
 */
export function unitFiles({ slug, prefix, title, functionId }: NewUnit): Readonly<Record<string, string>> {
  const type = `${slug}-enquiry`;
  return {
    [`${slug}/src/main.ts`]: `import { runUnit } from '#unit';
import unit from './${slug}.unit.ts';

await runUnit(unit);
`,
    [`${slug}/src/${slug}.unit.ts`]: `import { defineUnit } from '#unit';
import { ${camel(type)} } from './${type}.request.ts';

export default defineUnit({
  slug: '${slug}',
  functionId: '${functionId}',
  title: ${quoted(title)},
  referencePrefix: '${prefix}',
  requestTypes: [${camel(type)}],
});
`,
    [`${slug}/src/${type}.request.ts`]: `import { OneOf, Text } from '#contracts';
import { requestType } from '#unit';

export class ${pascal(type)} {
  @Text({ max: 200, title: 'What is asked' })
  subject!: string;

  @Text({ max: 4000, optional: true, title: 'What the unit should know', personal: true })
  particulars?: string;
}

export class ${pascal(type)}Answer {
  @OneOf(['done', 'not-done'], { title: 'Outcome' })
  outcome!: string;

  @Text({ max: 4000, title: 'What was done, or why not', personal: true })
  explanation!: string;
}

export const ${camel(type)} = requestType(${pascal(type)}, ${pascal(type)}Answer, {
  name: '${type}',
  version: 1,
  title: ${quoted(`Ask ${title}`)},
  decision: 'one-person',
  lawEnforcement: false,
  risk: 1,
  clocks: [
    // Nobody has published or decided this figure: the empty source says so wherever it is shown.
    { name: 'respond', title: 'Answered', kind: 'working-days', amount: 5, pausable: true, metBy: 'answered', source: '' },
  ],
  examples: [
    {
      payload: { subject: 'An invented request' },
      answer: { outcome: 'done', explanation: 'An invented answer' },
    },
  ],
});
`,
    [`${slug}/src/${slug}.medium.spec.ts`]: `import { describeUnit } from '#testing';
import unit from './${slug}.unit.ts';

describeUnit(unit);
`,
  };
}
