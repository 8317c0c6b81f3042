import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { NotUtf8, textOfUtf8 } from '#kernel';

/** The development client of one force, written by the local start. */
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

/** A person who can sign in through the desk at the development identity provider, without a password. */
export interface PersonAccess {
  readonly name: string;
  /** One role at each unit for which the person works. */
  readonly roles: readonly { readonly unit: string; readonly role: string }[];
  /** The force of a force's own person. */
  readonly force?: string;
  readonly operations?: true;
}

/**
 * The system that runs on this machine, as `.data/run.json` describes it to clients. The file holds
 * development passwords, so only its owner may read it.
 */
export interface RunningStack {
  readonly startedAt: string;
  readonly portBase: number;
  readonly urls: {
    readonly desk: string;
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
  /** The sign-ins of a force's developers, for the sandbox; they reach no unit. */
  readonly sandboxes: Readonly<Record<string, ForceAccess>>;
  readonly staff: Readonly<Record<string, StaffAccess>>;
  /** The people who can sign in through the desk, by subject. An older file has none. */
  readonly people?: Readonly<Record<string, PersonAccess>>;
  /** Folder of the log files, one for each process. */
  readonly logs: string;
  readonly pids: Readonly<Record<string, number>>;
}

/** Shown to a person without a stack trace; the message says what to do. */
export class NotStarted extends Error {}

/** Returns the path of run.json: `--run <path>`, else `CONCORDAT_RUN`, else the place of the local start. */
export function runFileOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const flag = argv.indexOf('--run');
  return (
    (flag >= 0 ? argv[flag + 1] : undefined) ?? environment['CONCORDAT_RUN'] ?? join('.data', 'run.json')
  );
}

/** Reads the description of the running system. Throws `NotStarted` when the file is missing or not valid. */
export async function attach(path: string): Promise<RunningStack> {
  let text: string;
  try {
    text = textOfUtf8(await readFile(path));
  } catch (error) {
    if (error instanceof NotUtf8)
      throw new NotStarted(`${path} is ${error.message}. Stop the system, then start it again: npm start`);
    throw new NotStarted(
      `The system is not running: ${path} does not exist. Start the system first, in another terminal: npm start`,
    );
  }
  let stack: RunningStack;
  try {
    stack = JSON.parse(text) as RunningStack;
  } catch {
    throw new NotStarted(`${path} is not JSON. Stop the system, then start it again: npm start`);
  }
  const missing = ['urls', 'kafka', 'forces', 'staff'].filter((field) => !(field in stack));
  if (missing.length > 0)
    throw new NotStarted(
      `${path} has no ${missing.join(', ')}: another version wrote it. Restart with npm start`,
    );
  return stack;
}

/**
 * Returns the full path of a key file. run.json gives it absolute, or relative to the directory that the
 * system was started from.
 */
export function keyPath(keyFile: string): string {
  return isAbsolute(keyFile) ? keyFile : join(process.cwd(), keyFile);
}
