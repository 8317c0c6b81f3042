import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/**
 * The code blocks of a how-to, found by the name after their language ("```sql archive"). The proof runs
 * these blocks, so that the documented steps are the tested steps.
 */
export class HowTo {
  private readonly text: string;

  constructor(
    name: string,
    /** Texts of the page, each with the text that replaces it, because the test uses other paths. */
    private readonly replacements: Readonly<Record<string, string>>,
  ) {
    this.text = readFileSync(join(ROOT, 'docs/how-to', `${name}.md`), 'utf8');
  }

  block(name: string): string {
    const found = new RegExp(`^ *\`\`\`\\w+ ${name}\\n(?<body>[^]*?)^ *\`\`\`$`, 'm').exec(this.text)
      ?.groups?.['body'];
    if (found === undefined) throw new Error(`the how-to has no block "${name}"`);
    let block = found.replaceAll(/^ {1,3}(?=\S)/gm, '');
    for (const [text, replacement] of Object.entries(this.replacements))
      block = block.replaceAll(text, replacement);
    return block;
  }

  /** Each line of the block is one statement. */
  statements(name: string): string[] {
    return this.block(name).split('\n').filter(Boolean);
  }
}
