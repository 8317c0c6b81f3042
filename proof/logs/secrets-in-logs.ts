import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { schemaOf, type Schema } from '#contracts';
import type { UnitDefinition } from '#unit';
import type { RunningStack } from '#client';

/** Text by what it is: the name is told when it is found, the text never. */
export type Guarded = ReadonlyMap<string, string>;

/** What gives itself away by its form, whoever made it. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'an access token': /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  'a webhook secret': /whsec_[A-Za-z0-9+/]{16,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a password in a URL': /\w:\/\/[^\s:/@]+:(?!\[redacted\])[^\s@/]+@/,
};

/** Shorter texts stand in a log by chance. */
const LENGTH_MIN = 8;

/** Each line of a log that tells something guarded, as `line n: what`. */
export function toldIn(log: string, guarded: Guarded): string[] {
  return log.split('\n').flatMap((line, index) => {
    const named = [...guarded].filter(([, text]) => line.includes(text)).map(([name]) => name);
    const formed = Object.entries(FORMS)
      .filter(([, form]) => form.test(line))
      .map(([name]) => name);
    return [...named, ...formed].map((what) => `line ${index + 1}: ${what}`);
  });
}

/** Every secret of a run: its passwords, and what makes each key private. */
export function secretsOf({ logs, forces, staff }: RunningStack): Guarded {
  const data = dirname(logs);
  const passwords = Object.entries(json(join(data, 'secrets.json')) as Record<string, string>);
  const keyFiles = [...Object.values(forces), ...Object.values(staff)].map(({ keyFile }) => keyFile);
  const keys = [...keyFiles, join(data, 'identity-signing-key.jwk.json')].map((keyFile): [string, string] => [
    `private key ${basename(keyFile)}`,
    (json(keyFile) as { d: string }).d,
  ]);
  return new Map([
    ...passwords.map(([name, text]): [string, string] => [`password of ${name}`, text]),
    ...keys,
  ]);
}

/** What the examples of these units say in fields marked personal. */
export function personalTextsOf(definitions: readonly UnitDefinition[]): Guarded {
  const types = definitions.flatMap(({ requestTypes }) => requestTypes);
  const texts = types.flatMap(({ name, examples, payload, answer }) =>
    examples.flatMap((example) => [
      ...personalTexts(schemaOf(payload), example.payload, name),
      ...personalTexts(schemaOf(answer), example.answer, `${name} answer`),
    ]),
  );
  return new Map(texts.filter(([, text]) => text.length >= LENGTH_MIN));
}

function personalTexts(schema: Schema, value: unknown, at: string): [string, string][] {
  if (typeof value === 'string') return schema['x-personal'] === true ? [[at, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, items = {} } = schema as { properties?: Record<string, Schema>; items?: Schema };
  return Object.entries(value).flatMap(([name, inner]) =>
    personalTexts(properties[name] ?? items, inner, `${at}/${name}`),
  );
}

/** What the logs of a run tell and may not, by file; and how many lines were read. */
export function toldByLogsOf(
  { logs }: RunningStack,
  guarded: Guarded,
): { readonly told: string[]; readonly lines: number } {
  const files = readdirSync(logs).filter((name) => name.endsWith('.log'));
  const read = files.map((name) => ({ name, text: readFileSync(join(logs, name), 'utf8') }));
  return {
    told: read.flatMap(({ name, text }) => toldIn(text, guarded).map((what) => `${name} ${what}`)),
    lines: read.reduce((sum, { text }) => sum + text.split('\n').length, 0),
  };
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
