import { parseArgs } from 'node:util';
import { ClientCredentials, ForceClient, type RetryLimits } from '#client';
import { nearestName } from '#kernel';
import { commandAsTyped, programAsTyped } from './as-typed.ts';
import { bulk } from './bulk.command.ts';
import type { Command, Option } from './command.ts';
import { connectionOf, type Connection } from './connection.ts';
import { curlLine } from './curl-line.ts';
import { events } from './events.command.ts';
import { EXIT, exitCodeOf, explained, UsageError, type ExitCode } from './exit-codes.ts';
import { helpOf, overviewOf } from './help.ts';
import { list } from './list.command.ts';
import { MESSAGE_COMMANDS } from './message.commands.ts';
import { replay } from './replay.command.ts';
import { submit } from './submit.command.ts';
import { Terminal, type Streams } from './terminal.ts';
import { watch } from './watch.command.ts';

export const COMMANDS: readonly Command[] = [submit, bulk, watch, ...MESSAGE_COMMANDS, list, events, replay];
const RESOURCE = 'urn:concordat:intake';
const GIVE_UP_AFTER_SECONDS = 60;

/** The options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  url: { type: 'string', value: 'URL', help: 'the base URL of intake (CONCORDAT_URL)' },
  issuer: { type: 'string', value: 'URL', help: 'your identity provider (CONCORDAT_ISSUER)' },
  'client-id': {
    type: 'string',
    value: 'ID',
    help: 'your client id at the identity provider (CONCORDAT_CLIENT_ID)',
  },
  'key-file': {
    type: 'string',
    value: 'FILE',
    help: 'the private key of the client, PEM or JWK (CONCORDAT_KEY)',
  },
  as: {
    type: 'string',
    value: 'FORCE',
    help: 'replaces these four: a force of the system that npm start runs on this machine',
  },
  run: {
    type: 'string',
    value: 'FILE',
    help: 'with --as: the description of that system; the default is .data/run.json (CONCORDAT_RUN)',
  },
  json: { type: 'boolean', help: 'print one line of JSON per result, and a refusal as problem details' },
  'give-up-after': {
    type: 'string',
    value: 'SECONDS',
    help: `how long to repeat a call that gets no definite answer; the default is ${GIVE_UP_AFTER_SECONDS}`,
  },
  verbose: {
    type: 'boolean',
    short: 'v',
    help: 'print each call as a curl command, with $TOKEN in place of the access token',
  },
  'show-token': {
    type: 'boolean',
    help: 'with -v: print the access token itself; with it anybody can act as you for ten minutes',
  },
  help: { type: 'boolean', short: 'h', help: 'print this help' },
};

/**
 * Runs the whole program: reads `argv`, runs one command and returns the exit code. It writes only to
 * `streams`.
 */
export async function concordat(
  argv: readonly string[],
  streams: Streams,
  signal?: AbortSignal,
): Promise<ExitCode> {
  const terminal = new Terminal(streams);
  const program = programAsTyped(streams.environment);
  let json = false;
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      await terminal.print(overviewOf(COMMANDS, program));
      return name === undefined ? EXIT.usage : EXIT.done;
    }
    const command = COMMANDS.find((one) => one.name === name);
    if (!command) throw new UsageError(noSuchCommand(name, program));
    const { values, positionals } = parsed(command, rest, program);
    json = values['json'] === true;
    if (values['help']) {
      await terminal.print(helpOf(command, COMMON_OPTIONS, program));
      return EXIT.done;
    }
    return await runCommand(command, { values, positionals }, terminal, streams, signal);
  } catch (error) {
    if (signal?.aborted) return EXIT.interrupted;
    const problem: unknown = (error as { problem?: unknown }).problem;
    if (json && problem !== undefined) await terminal.print(JSON.stringify(problem));
    terminal.say(`concordat: ${explained(error)}`);
    return exitCodeOf(error);
  }
}

function noSuchCommand(name: string, program: string): string {
  const names = COMMANDS.map((one) => one.name);
  const near = nearestName(name, names);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `There is no command ${name}.${meant} The commands are ${names.join(', ')}. ${program} --help explains them.`;
}

interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

async function runCommand(
  command: Command,
  { values, positionals }: Parsed,
  terminal: Terminal,
  { environment }: Streams,
  signal: AbortSignal | undefined,
): Promise<ExitCode> {
  const { url, ...credentials } = connectionOf(values, environment);
  let waitingFor = 'intake';
  const asTyped = (...words: readonly string[]): string => commandAsTyped(environment, values, words);
  const limits: RetryLimits = {
    giveUpAfterMs: secondsOf(values['give-up-after']) * 1_000,
    onRetry: (why) => (waitingFor = `trying again: ${why}`),
    ...(signal && { signal }),
  };
  const client = new ForceClient({
    url,
    credentials: signIn(credentials),
    limits,
    ...(values['verbose'] && {
      onCall: async (call: Request) =>
        terminal.say(await curlLine(call, { showToken: values['show-token'] === true })),
    }),
  });
  const stop = terminal.progress(() => waitingFor);
  try {
    return await command.run({
      client,
      terminal,
      values,
      positionals,
      waitingFor: (what) => (waitingFor = what),
      asTyped,
    });
  } finally {
    stop();
  }
}

function signIn(settings: Omit<Connection, 'url'>): ClientCredentials {
  try {
    return new ClientCredentials({ ...settings, resource: RESOURCE });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function secondsOf(text: string | boolean | undefined): number {
  const seconds = text === undefined ? GIVE_UP_AFTER_SECONDS : Number(text);
  if (!(seconds >= 0 && seconds <= 86_400))
    throw new UsageError('--give-up-after must be a number of seconds from 0 to 86400');
  return seconds;
}

function parsed(command: Command, argv: readonly string[], program: string): Parsed {
  let result: Parsed;
  try {
    const options = Object.fromEntries(
      Object.entries({ ...COMMON_OPTIONS, ...command.options }).map(([name, { type, short }]) => [
        name,
        { type, ...(short && { short }) },
      ]),
    );
    result = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const said = (error as Error).message.split('. To specify')[0] ?? '';
    const unknown = /^Unknown option '--([^']+)'/.exec(said)?.[1];
    const near =
      unknown && nearestName(unknown, [...Object.keys(COMMON_OPTIONS), ...Object.keys(command.options)]);
    const meant = near ? ` Did you mean --${near}?` : '';
    throw new UsageError(`${said}.${meant} ${program} ${command.name} --help lists the options.`);
  }
  const required = command.takes.filter((name) => !name.startsWith('['));
  const { length } = result.positionals;
  if (!result.values['help'] && (length < required.length || length > command.takes.length)) {
    throw new UsageError(
      `${program} ${command.name} takes ${command.takes.join(' ') || 'no argument'}, not ${length} arguments`,
    );
  }
  return result;
}
