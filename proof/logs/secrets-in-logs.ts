import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { schemaOf, type Schema } from '#contracts';
import type { UnitDefinition } from '#unit';
import type { RunningStack } from '#client';

/** GuardedTexts texts by their names. A finding reports the name and never the text. */
export type GuardedTexts = ReadonlyMap<string, string>;

/** Secrets that can be recognised by their form, whatever their value is. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'an access token': /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  'a webhook secret': /whsec_[A-Za-z0-9+/]{16,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a password in a URL': /\w:\/\/[^\s:/@]+:(?!\[redacted\])[^\s@/]+@/,
};

/** Shorter texts can appear in a log by chance. */
const LENGTH_MIN = 8;

/** Finds the lines of a log that contain a guarded text or a secret form, each as `line n: name`. */
export function findGuarded(log: string, guarded: GuardedTexts): string[] {
  return log.split('\n').flatMap((line, index) => {
    const byText = [...guarded].filter(([, text]) => line.includes(text)).map(([name]) => name);
    const byForm = Object.entries(FORMS)
      .filter(([, form]) => form.test(line))
      .map(([name]) => name);
    return [...byText, ...byForm].map((what) => `line ${index + 1}: ${what}`);
  });
}

/** Every secret of a run: its passwords, and the private value of each key. */
export function secretsOf({ logs, forces, staff }: RunningStack): GuardedTexts {
  const data = dirname(logs);
  const passwords = Object.entries(readJson(join(data, 'secrets.json')) as Record<string, string>);
  const keyFiles = [...Object.values(forces), ...Object.values(staff)].map(({ keyFile }) => keyFile);
  const keys = [...keyFiles, join(data, 'identity-signing-key.jwk.json')].map((keyFile): [string, string] => [
    `private key ${basename(keyFile)}`,
    (readJson(keyFile) as { d: string }).d,
  ]);
  return new Map([
    ...passwords.map(([name, text]): [string, string] => [`password of ${name}`, text]),
    ...keys,
  ]);
}

/** The texts in fields marked personal, from the examples of these units. */
export function personalTextsOf(definitions: readonly UnitDefinition[]): GuardedTexts {
  const types = definitions.flatMap(({ requestTypes }) => requestTypes);
  const texts = types.flatMap(({ name, examples, payload, answer }) =>
    examples.flatMap((example) => [
      ...collectPersonalTexts(schemaOf(payload), example.payload, name),
      ...collectPersonalTexts(schemaOf(answer), example.answer, `${name} answer`),
    ]),
  );
  return new Map(texts.filter(([, text]) => text.length >= LENGTH_MIN));
}

function collectPersonalTexts(schema: Schema, value: unknown, at: string): [string, string][] {
  if (typeof value === 'string') return schema['x-personal'] === true ? [[at, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, items = {} } = schema as { properties?: Record<string, Schema>; items?: Schema };
  return Object.entries(value).flatMap(([name, inner]) =>
    collectPersonalTexts(properties[name] ?? items, inner, `${at}/${name}`),
  );
}

/** Searches all log files of a run. Returns the findings by file, and the number of lines that were read. */
export function findGuardedInLogs(
  { logs }: RunningStack,
  guarded: GuardedTexts,
): { readonly found: string[]; readonly lines: number } {
  const files = readdirSync(logs).filter((name) => name.endsWith('.log'));
  const read = files.map((name) => ({ name, text: readFileSync(join(logs, name), 'utf8') }));
  return {
    found: read.flatMap(({ name, text }) => findGuarded(text, guarded).map((what) => `${name} ${what}`)),
    lines: read.reduce((sum, { text }) => sum + text.split('\n').length, 0),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
