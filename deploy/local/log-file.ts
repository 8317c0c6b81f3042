import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** How much of a part's output is kept. */
export interface LogLimits {
  /** A file that would grow beyond this is set aside and a new one begun. */
  readonly bytesMax: number;
  /** The file in use and those set aside, together. */
  readonly files: number;
}

const MIB = 1024 * 1024;
const DEFAULTS = { megabytes: 10, files: 3 };

/** The limits from LOG_FILE_MB and LOG_FILES; throws a sentence that names what is wrong. */
export function logLimitsFrom(env: Readonly<Record<string, string | undefined>>): LogLimits {
  const megabytes = wholeNumber(env, 'LOG_FILE_MB', DEFAULTS.megabytes, 1_024);
  return { bytesMax: megabytes * MIB, files: wholeNumber(env, 'LOG_FILES', DEFAULTS.files, 100) };
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
  max: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > max) {
    throw new Error(
      `${name} must be a whole number from 1 to ${String(max)}, and it is ${JSON.stringify(text)}.`,
    );
  }
  return Number(text);
}

/** `logs/fleet.log` set aside is `logs/fleet.1.log`, then `logs/fleet.2.log`: the higher the number, the older. */
function setAside(file: string, age: number): string {
  return age === 0 ? file : `${file.replace(/\.log$/, '')}.${String(age)}.log`;
}

/**
 * A log file that goes on where the last process of the same name ended, so that the lines before a crash stay. Lines are written
 * at once: what was printed is in the file even if this process is killed. A disk that takes nothing more costs lines, not the process.
 */
export class LogFile {
  private descriptor: number;
  private bytes: number;
  private closed = false;
  private readonly file: string;
  private readonly limits: LogLimits;

  constructor(file: string, limits: LogLimits) {
    this.file = file;
    this.limits = limits;
    this.descriptor = openSync(file, 'a', 0o600);
    this.bytes = fstatSync(this.descriptor).size;
  }

  line(text: string): void {
    if (this.closed) return;
    const line = Buffer.from(`${text}\n`);
    try {
      if (this.bytes > 0 && this.bytes + line.length > this.limits.bytesMax) this.rotate();
      writeSync(this.descriptor, line);
      this.bytes += line.length;
    } catch {
      // The disk is full or the folder is gone: the process goes on without this line.
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.descriptor);
  }

  private rotate(): void {
    const { files } = this.limits;
    rmSync(setAside(this.file, files - 1), { force: true });
    for (let age = files - 1; age > 0; age -= 1) {
      const younger = setAside(this.file, age - 1);
      if (existsSync(younger)) renameSync(younger, setAside(this.file, age));
    }
    const next = openSync(this.file, 'a', 0o600);
    closeSync(this.descriptor);
    this.descriptor = next;
    this.bytes = 0;
  }
}

/** The last lines after the last one that contains `since`: what an earlier process wrote would mislead. */
export function lastLinesOf(file: string, since: string, count: number): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.includes(since)) + 1).slice(-count);
}
