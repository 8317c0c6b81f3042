import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Passwords of one data directory: made up once, kept in a file that only its owner reads. */
export class Secrets {
  private readonly file: string;
  private readonly kept: Record<string, string>;

  constructor(file: string) {
    this.file = file;
    this.kept = readJson(file);
  }

  /** The password of this name; made and kept when it is new. 32 letters and digits, safe in URLs and property files. */
  password(name: string): string {
    return this.keptOr(name, 16);
  }

  /** The key of this name: 32 bytes in hexadecimal digits; made and kept when it is new. */
  key(name: string): string {
    return this.keptOr(name, 32);
  }

  private keptOr(name: string, bytes: number): string {
    const known = this.kept[name];
    if (known !== undefined) return known;
    const made = randomBytes(bytes).toString('hex');
    this.kept[name] = made;
    writePrivately(this.file, `${JSON.stringify(this.kept, null, 2)}\n`);
    return made;
  }
}

/** Writes a file that only its owner may read. */
export function writePrivately(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  // The mode above holds for a new file only.
  chmodSync(file, 0o600);
}

function readJson(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
