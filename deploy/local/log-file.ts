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

/** Limits on how much of a process's output is kept. */
export interface LogLimits {
  /** A file that would grow beyond this size is set aside, and a new file begins. */
  readonly bytesMax: number;
  /** Number of files, including the one in use. */
  readonly files: number;
}

const MIB = 1024 * 1024;
const DEFAULTS = { megabytes: 10, files: 3 };

/** Reads the limits from LOG_FILE_MB and LOG_FILES. Throws an error that names the wrong variable. */
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
      `${name} must be a whole number from 1 to ${String(max)}, but it is ${JSON.stringify(text)}.`,
    );
  }
  return Number(text);
}

/**
 * `logs/fleet.log` becomes `logs/fleet.1.log` when it is set aside, and later `logs/fleet.2.log`. Higher
 * numbers are older.
 */
function nameByAge(file: string, age: number): string {
  return age === 0 ? file : `${file.replace(/\.log$/, '')}.${String(age)}.log`;
}

/**
 * A log file that continues where the last process of the same name ended, so that the lines before a crash
 * stay. Each line is written at once, so that it is in the file even if this process is killed. If the disk
 * is full, lines are lost but the process goes on.
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
      // The disk is full or the folder was removed. The process goes on without this line.
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.descriptor);
  }

  private rotate(): void {
    const { files } = this.limits;
    rmSync(nameByAge(this.file, files - 1), { force: true });
    for (let age = files - 1; age > 0; age -= 1) {
      const younger = nameByAge(this.file, age - 1);
      if (existsSync(younger)) renameSync(younger, nameByAge(this.file, age));
    }
    const next = openSync(this.file, 'a', 0o600);
    closeSync(this.descriptor);
    this.descriptor = next;
    this.bytes = 0;
  }
}

/**
 * Returns the last lines after the last line that contains `since`. Lines of an earlier process would
 * mislead.
 */
export function lastLinesOf(file: string, since: string, count: number): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.includes(since)) + 1).slice(-count);
}
