import { Refused, type ForceClient, type Request } from '#client';
import { EXIT, UsageError, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
}

/** What a command has to work with: its own options as they were given, and the force's client. */
export interface Invocation {
  readonly client: ForceClient;
  readonly terminal: Terminal;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  /** Shown after two seconds, until the next one. */
  readonly waitingFor: (what: string) => void;
  /** A command that may follow, as it is typed in this terminal. */
  readonly asTyped: (...words: readonly string[]) => string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments, all of them required; `[NAME]` may be left out. */
  readonly takes: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly details: string;
  run(invocation: Invocation): Promise<ExitCode>;
}

export function refuseUnusableKey(key: string | boolean | undefined): void {
  if (key !== undefined && !/^[!-~]{1,128}$/.test(String(key)))
    throw new UsageError('--key takes 1 to 128 visible ASCII characters');
}

/** The request under one of the force's own references, or by its id. */
export async function requestNamed(client: ForceClient, name: string): Promise<Request> {
  const found = await client.find(name);
  if (found) return found;
  const detail = `No request of this force stands under ${name}, and it is no request's id.`;
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

/** One line of a request, for people. */
export function requestLine({ updatedAt, state, reference, type, unit, unitReference }: Request): string {
  return [updatedAt, state.padEnd(17), reference, type, unitReference ?? unit].join('  ');
}

/** What a request came to: an answer is what was asked for, anything else is a refusal of it. */
export function exitCodeOfState(state: Request['state']): ExitCode {
  return state === 'declined' || state === 'withdrawn' ? EXIT.refused : EXIT.done;
}
