import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/** The blocks of a how-to by the name behind their language ("```sql archive"), so that what is documented is what runs. */
export class HowTo {
  private readonly text: string;

  constructor(
    name: string,
    /** What stands for what in the page: its paths are not ours. */
    private readonly places: Readonly<Record<string, string>>,
  ) {
    this.text = readFileSync(join(ROOT, 'docs/how-to', `${name}.md`), 'utf8');
  }

  block(name: string): string {
    const found = new RegExp(`^ *\`\`\`\\w+ ${name}\\n(?<body>[^]*?)^ *\`\`\`$`, 'm').exec(this.text)
      ?.groups?.['body'];
    if (found === undefined) throw new Error(`the how-to has no block "${name}"`);
    let block = found.replaceAll(/^ {1,3}(?=\S)/gm, '');
    for (const [written, ours] of Object.entries(this.places)) block = block.replaceAll(written, ours);
    return block;
  }

  /** One statement a line. */
  statements(name: string): string[] {
    return this.block(name).split('\n').filter(Boolean);
  }
}
