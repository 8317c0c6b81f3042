import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The passwords and keys of one data directory. Each is created once and kept in a file that only its owner
 * can read.
 */
export class Secrets {
  private readonly file: string;
  private readonly kept: Record<string, string>;

  constructor(file: string) {
    this.file = file;
    this.kept = readJson(file);
  }

  /**
   * Returns the password of this name, and creates it at first use: 32 letters and digits, safe in URLs and
   * property files.
   */
  password(name: string): string {
    return this.secretOf(name, 16);
  }

  /** Returns the key of this name, and creates it at first use: 32 bytes in hexadecimal digits. */
  key(name: string): string {
    return this.secretOf(name, 32);
  }

  private secretOf(name: string, bytes: number): string {
    const known = this.kept[name];
    if (known !== undefined) return known;
    const created = randomBytes(bytes).toString('hex');
    this.kept[name] = created;
    writePrivately(this.file, `${JSON.stringify(this.kept, null, 2)}\n`);
    return created;
  }
}

/** Writes a file that only its owner may read. */
export function writePrivately(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  // The mode above applies only to a new file.
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
