import { readFileSync } from 'node:fs';
import { NotUtf8, textOfUtf8 } from '#kernel';
import { LOG_LEVELS, type LogLevel } from './service-log.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Describes one environment variable and how its text becomes a value. `X_FILE` may name a file with the
 * text.
 */
export interface Setting<Value> {
  readonly name: string;
  /** Describes a valid value, for the error message; never an example of a secret. */
  readonly expects: string;
  readonly fallback?: { readonly value: Value };
  /** Returns the value, or undefined if the text is not valid. */
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

/** Accepts any text. */
export const textSetting = (name: string, fallback?: string): Setting<string> =>
  setting(name, 'a text', (text) => text, fallback);

/** Accepts a whole number between two bounds. */
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

/**
 * After how many seconds a silent member of a consumer group counts as dead. The broker refuses a session
 * below 6 seconds.
 */
export const kafkaSessionSetting = (): Setting<number> =>
  integerSetting('KAFKA_SESSION_SECONDS', { min: 6, max: 300 }, 30);

/** Accepts a list such as `host:port,host:port`, trimmed, without empty entries, with at least one entry. */
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

/**
 * Accepts one or more of the choices, separated by commas. One unknown entry makes the whole list invalid.
 */
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

/** Makes a setting optional: it is undefined if absent. */
export function optional<Value>(inner: Setting<Value>): Setting<Value | undefined> {
  return { ...inner, fallback: { value: undefined } };
}

/** Lists all settings that are missing or wrong. Its text names variables, never their values. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Settings are missing or wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** Reads every setting, or throws one error that lists all faults. An empty variable counts as absent. */
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
      if (fallback === undefined) faults.push(`${name} is missing; set it to ${expects}`);
      else config[property] = fallback.value;
      continue;
    }
    const value = read(text);
    if (value === undefined) faults.push(`${name} must be ${expects}`);
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
    faults.push(`${name} and ${name}_FILE are both set; set only one of them`);
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
