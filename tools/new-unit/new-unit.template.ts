export interface NewUnit {
  /** Name of the folder under apps/, in kebab-case. */
  readonly slug: string;
  /** Three capitals with which the unit's references begin. */
  readonly prefix: string;
  readonly title: string;
  /** A function of the catalogue, F1 to F21. */
  readonly functionId: string;
}

const pascal = (slug: string): string =>
  slug.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const camel = (slug: string): string => pascal(slug).replace(/^./, (letter) => letter.toLowerCase());
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * Returns the files of a working unit, by their paths below apps/. It has one request type to rename and fill
 * in.
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
  subject: ({ subject }) => [subject],
  decision: 'one-person',
  lawEnforcement: false,
  risk: 1,
  clocks: [
    // No published source was found for this time limit. The empty source shows that it is a setting.
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
