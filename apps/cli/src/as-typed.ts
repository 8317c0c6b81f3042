import { quoted } from './curl-line.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Options that choose the system and the identity; a command that follows needs them as well. */
const CONNECTION_OPTIONS = ['url', 'issuer', 'client-id', 'key-file', 'as', 'run'] as const;

/** Returns how this program was called: by `npm run`, which sets a variable, or by its own name. */
export function programAsTyped(environment: Environment): string {
  return environment['npm_lifecycle_event'] === 'concordat' ? 'npm run -s concordat --' : 'concordat';
}

/** Writes a command that may follow this one exactly as it is typed, with the same program and connection. */
export function commandAsTyped(environment: Environment, values: Values, words: readonly string[]): string {
  const options = CONNECTION_OPTIONS.flatMap((name) =>
    typeof values[name] === 'string' ? [`--${name}`, values[name]] : [],
  );
  const [command = '', ...rest] = words;
  return [programAsTyped(environment), command, ...[...options, ...rest].map(forShell)].join(' ');
}

const forShell = (word: string): string => (/^[\w./:@%+=,-]+$/.test(word) ? word : quoted(word));
