import { execFile } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TOOLS = ['mkfs.ext4', 'mount', 'umount', 'cp'];
const BALLAST_STEP = Buffer.alloc(1024 * 1024, 1);

/** What keeps this machine from having a file system of a fixed size; undefined when it can. */
export function noSmallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return 'a mount wants root';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = TOOLS.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length > 0) return `this machine has no ${missing.join(', ')}`;
  return existsSync('/dev/loop-control') ? undefined : 'this machine has no loop devices';
}

/** An ext4 of a fixed size in a file, mounted; folders move onto it and back, with their owners. */
export class SmallDisk {
  private readonly home: string;
  private readonly folder: string;
  private readonly ballast: string;

  private constructor(home: string) {
    this.home = home;
    this.folder = join(home, 'disk');
    this.ballast = join(this.folder, 'ballast');
  }

  static async mount(bytes: number): Promise<SmallDisk> {
    const home = mkdtempSync(join(tmpdir(), 'concordat-disk-'));
    const disk = new SmallDisk(home);
    const image = join(home, 'image');
    // The database's own user passes through to its folder.
    chmodSync(home, 0o755);
    mkdirSync(disk.folder);
    closeSync(openSync(image, 'w'));
    truncateSync(image, bytes);
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, disk.folder]);
    return disk;
  }

  /** Nobody may be using the folder. */
  async take(folder: string): Promise<void> {
    const here = join(this.folder, 'taken');
    await run('cp', ['-a', folder, here]);
    renameSync(folder, `${folder}.before`);
    symlinkSync(here, folder);
  }

  async giveBack(folder: string): Promise<void> {
    rmSync(folder);
    await run('cp', ['-a', join(this.folder, 'taken'), folder]);
    rmSync(`${folder}.before`, { recursive: true, force: true });
  }

  /** To the last byte. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    try {
      for (let step = BALLAST_STEP; step.length > 0;) {
        try {
          writeSync(file, step);
        } catch (error) {
          if ((error as { code?: string }).code !== 'ENOSPC') throw error;
          step = step.subarray(0, step.length >> 1);
        }
      }
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.ballast, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.folder]);
    rmSync(this.home, { recursive: true, force: true });
  }
}
