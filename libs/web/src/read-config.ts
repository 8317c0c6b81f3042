import { readFileSync } from 'node:fs';
import { NotUtf8, textOfUtf8 } from '#kernel';
import { LOG_LEVELS, type LogLevel } from './service-log.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable: its name and how its text becomes a value. `X_FILE` may name a file that holds the text. */
export interface Setting<Value> {
  readonly name: string;
  /** What is expected, for the error that names it. Never an example of a secret. */
  readonly expects: string;
  readonly fallback?: { readonly value: Value };
  /** The value, or undefined when the text is not one. */
  readonly read: (text: string) => Value | undefined;
}

export type Config<Spec extends Record<string, Setting<unknown>>> = {
  readonly [Name in keyof Spec]: Spec[Name] extends Setting<infer Value> ? Value : never;
};

function setting<Value>(
  name: string,
  expects: string,
  read: (text: string) => Value | undefined,
  fallback: Value | undefined,
): Setting<Value> {
  return { name, expects, read, ...(fallback !== undefined && { fallback: { value: fallback } }) };
}

/** Any text. */
export const textSetting = (name: string, fallback?: string): Setting<string> =>
  setting(name, 'a text', (text) => text, fallback);

/** A whole number between two bounds. */
export const integerSetting = (
  name: string,
  bounds: { min: number; max: number },
  fallback?: number,
): Setting<number> =>
  setting(
    name,
    `a whole number from ${bounds.min} to ${bounds.max}`,
    (text) =>
      /^\d{1,9}$/.test(text) && Number(text) >= bounds.min && Number(text) <= bounds.max
        ? Number(text)
        : undefined,
    fallback,
  );

export const portSetting = (name: string, fallback?: number): Setting<number> =>
  integerSetting(name, { min: 0, max: 65_535 }, fallback);

/** `host:port,host:port` and other lists: trimmed, without empty entries, at least one. */
export const listSetting = (name: string, fallback?: readonly string[]): Setting<readonly string[]> =>
  setting<readonly string[]>(
    name,
    'one or more values separated by commas',
    (text) => {
      const entries = text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
      return entries.length > 0 ? entries : undefined;
    },
    fallback,
  );

export const urlSetting = (name: string, fallback?: string): Setting<string> =>
  setting(name, 'a URL', (text) => (URL.canParse(text) ? text : undefined), fallback);

export const flagSetting = (name: string, fallback?: boolean): Setting<boolean> =>
  setting(
    name,
    'true or false',
    (text) => ({ true: true, '1': true, on: true, false: false, '0': false, off: false })[text.toLowerCase()],
    fallback,
  );

export const choiceSetting = <Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback?: Choice,
): Setting<Choice> =>
  setting(
    name,
    `one of ${choices.join(', ')}`,
    (text) => choices.find((choice) => choice === text),
    fallback,
  );

/** One or more of the choices, separated by commas; one that is no choice makes all of it wrong. */
export const choicesSetting = <Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback?: readonly Choice[],
): Setting<readonly Choice[]> =>
  setting<readonly Choice[]>(
    name,
    `one or more of ${choices.join(', ')}`,
    (text) => {
      const chosen = text.split(',').map((entry) => choices.find((choice) => choice === entry.trim()));
      return chosen.every((choice) => choice !== undefined) ? chosen : undefined;
    },
    fallback,
  );

export const logLevelSetting = (): Setting<LogLevel> => choiceSetting('LOG_LEVEL', LOG_LEVELS, 'info');

/** The same setting where absence is an answer. */
export function optional<Value>(inner: Setting<Value>): Setting<Value | undefined> {
  return { ...inner, fallback: { value: undefined } };
}

/** Thrown once for everything that is missing or wrong; its text names variables, never their values. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not complete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** Reads every setting, or throws one error that names all that is missing or wrong. An empty variable counts as absent. */
export function readConfig<Spec extends Record<string, Setting<unknown>>>(
  environment: Environment,
  spec: Spec,
): Config<Spec> {
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [property, { name, expects, fallback, read }] of Object.entries(spec)) {
    const text = textOf(environment, name, faults);
    if (text === FAULTY) continue;
    if (text === undefined) {
      if (fallback === undefined) faults.push(`${name} is missing: ${expects}`);
      else config[property] = fallback.value;
      continue;
    }
    const value = read(text);
    if (value === undefined) faults.push(`${name} is not ${expects}`);
    else config[property] = value;
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return config as Config<Spec>;
}

const FAULTY = Symbol('faulty');

function textOf(
  environment: Environment,
  name: string,
  faults: string[],
): string | undefined | typeof FAULTY {
  const direct = environment[name]?.trim() || undefined;
  const path = environment[`${name}_FILE`]?.trim() || undefined;
  if (path === undefined) return direct;
  if (direct !== undefined) {
    faults.push(`${name} and ${name}_FILE are both set: give one`);
    return FAULTY;
  }
  try {
    return textOfUtf8(readFileSync(path)).trim() || undefined;
  } catch (error) {
    faults.push(
      `${name}_FILE names a file that ${error instanceof NotUtf8 ? `is ${error.message}` : 'cannot be read'}`,
    );
    return FAULTY;
  }
}
