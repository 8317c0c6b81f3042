import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { NotUtf8, textOfUtf8 } from '#kernel';

/** One force's development client, as the local start wrote it. */
export interface ForceAccess {
  readonly clientId: string;
  readonly keyFile: string;
  readonly resource: string;
  readonly kafka: {
    readonly username: string;
    readonly password: string;
    readonly eventsTopic: string;
    readonly requestsTopic: string;
    readonly groupPrefix: string;
  };
}

/** One development staff identity. */
export interface StaffAccess {
  readonly unit: string;
  readonly role: string;
  readonly keyFile: string;
  readonly resource: string;
}

/**
 * What runs on this machine, as `.data/run.json` describes it for whoever attaches to it. The file holds development
 * passwords, so only its owner may read it.
 */
export interface RunningStack {
  readonly startedAt: string;
  readonly portBase: number;
  readonly urls: {
    readonly identity: string;
    readonly intake: string;
    readonly collaboration: string;
    readonly units: Readonly<Record<string, string>>;
  };
  readonly kafka: { readonly brokers: readonly string[] };
  readonly postgres: {
    readonly port: number;
    readonly services: Readonly<Record<string, { readonly applicationUrl: string }>>;
  };
  readonly forces: Readonly<Record<string, ForceAccess>>;
  /** The sign-ins of a force's developers: they reach no unit. */
  readonly sandboxes: Readonly<Record<string, ForceAccess>>;
  readonly staff: Readonly<Record<string, StaffAccess>>;
  /** Folder of the log files, one per service and part. */
  readonly logs: string;
  readonly pids: Readonly<Record<string, number>>;
}

/** Said to a person, without a stack trace: what they can do about it stands in the message. */
export class NotStarted extends Error {}

/** `--run <path>`, else `CONCORDAT_RUN`, else the local start's own place. */
export function runFileOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const flag = argv.indexOf('--run');
  return (
    (flag >= 0 ? argv[flag + 1] : undefined) ?? environment['CONCORDAT_RUN'] ?? join('.data', 'run.json')
  );
}

/** Reads the description of the running stack. Throws NotStarted when there is none or it is not one. */
export async function attach(path: string): Promise<RunningStack> {
  let text: string;
  try {
    text = textOfUtf8(await readFile(path));
  } catch (error) {
    if (error instanceof NotUtf8)
      throw new NotStarted(`${path} is ${error.message}. Stop the system, then start it again: npm start`);
    throw new NotStarted(
      `Nothing runs here: ${path} is not there. Start the system first, in another terminal: npm start`,
    );
  }
  let stack: RunningStack;
  try {
    stack = JSON.parse(text) as RunningStack;
  } catch {
    throw new NotStarted(`${path} is not JSON. Stop the system, then start it again: npm start`);
  }
  const missing = ['urls', 'kafka', 'forces', 'staff'].filter((part) => !(part in stack));
  if (missing.length > 0)
    throw new NotStarted(
      `${path} does not say ${missing.join(', ')}: it is not of this version. Restart with npm start`,
    );
  return stack;
}

/** Key files stand in run.json relative to the directory that the stack was started from, or absolute. */
export function keyPath(keyFile: string): string {
  return isAbsolute(keyFile) ? keyFile : join(process.cwd(), keyFile);
}
