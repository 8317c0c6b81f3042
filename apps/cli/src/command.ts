import { Refused, type ForceClient, type Request } from '#client';
import { EXIT, UsageError, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** The name of the value in the help. */
  readonly value?: string;
  readonly help: string;
}

/** The input of a command: its options as given, and the force's client. */
export interface Invocation {
  readonly client: ForceClient;
  readonly terminal: Terminal;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  /** Sets the progress text, which is shown after two seconds. */
  readonly waitingFor: (what: string) => void;
  /** Writes a command that may follow, as it is typed in this terminal. */
  readonly asTyped: (...words: readonly string[]) => string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments. `[NAME]` is optional, all others are required. */
  readonly takes: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly details: string;
  run(invocation: Invocation): Promise<ExitCode>;
}

export function refuseUnusableKey(key: string | boolean | undefined): void {
  if (key !== undefined && !/^[!-~]{1,128}$/.test(String(key)))
    throw new UsageError('--key must be 1 to 128 visible ASCII characters');
}

/** Finds a request by the force's own reference or by its id. */
export async function requestNamed(client: ForceClient, name: string): Promise<Request> {
  const found = await client.find(name);
  if (found) return found;
  const detail = `This force has no request with the reference or id ${name}.`;
  const absent = new Refused({
    type: 'urn:concordat:problem:not-found',
    title: '',
    status: 404,
    detail,
    code: 'not-found',
    kind: 'business',
  });
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) throw absent;
  return client.read(name);
}

/** Writes one line about a request, for people. */
export function requestLine({ updatedAt, state, reference, type, unit, unitReference }: Request): string {
  return [updatedAt, state.padEnd(17), reference, type, unitReference ?? unit].join('  ');
}

/** Returns the exit code of a final state: "done" for an answer, "refused" for declined or withdrawn. */
export function exitCodeOfState(state: Request['state']): ExitCode {
  return state === 'declined' || state === 'withdrawn' ? EXIT.refused : EXIT.done;
}
