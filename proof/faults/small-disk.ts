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

/** Returns what this machine needs before it can mount a small file system; undefined when it can. */
export function missingForSmallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = TOOLS.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length > 0) return `this machine has no ${missing.join(', ')}`;
  return existsSync('/dev/loop-control') ? undefined : 'this machine has no loop devices';
}

/** A mounted ext4 file system of a fixed size, stored in a file. Folders can move to it and back. */
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
    // The database runs as its own user, who must be able to reach its folder.
    chmodSync(home, 0o755);
    mkdirSync(disk.folder);
    closeSync(openSync(image, 'w'));
    truncateSync(image, bytes);
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, disk.folder]);
    return disk;
  }

  /** Moves a folder to this disk and leaves a link in its place. No process may be using the folder. */
  async moveIn(folder: string): Promise<void> {
    const copy = join(this.folder, 'moved');
    await run('cp', ['-a', folder, copy]);
    renameSync(folder, `${folder}.before`);
    symlinkSync(copy, folder);
  }

  async moveBack(folder: string): Promise<void> {
    rmSync(folder);
    await run('cp', ['-a', join(this.folder, 'moved'), folder]);
    rmSync(`${folder}.before`, { recursive: true, force: true });
  }

  /** Fills the disk to the last byte. */
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
