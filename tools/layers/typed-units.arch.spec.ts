import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Returns the source of a unit that names a field of the payload and one of the answer in each place where a
 * unit can.
 */
const UNIT_FILE = (payloadField: string, answerField: string): string => `
import { Instant, Text } from '#contracts';
import type { ClockDefinition } from '#requests';
import { answerFault, keptIn, neededWhen, refusedWhen, requestType, type RecordHooks } from '#unit';

class Ask {
  @Text({ max: 9 }) what!: string;
  @Instant({ optional: true, past: true }) ${payloadField}?: string;
}
class AskAnswer {
  @Text({ max: 9, optional: true }) ${answerField}?: string;
}
const clock = { title: 'Answer', kind: 'elapsed-hours', pausable: false, metBy: 'answered', source: '' } as const;
const shared: ClockDefinition<Ask> = { ...clock, name: 'shared', amount: 1,
  startsFrom: 'since' }; // shared clock
interface RecordFields { readonly what: string; readonly from: string | undefined }
const kept: RecordHooks<RecordFields, { readonly said: string | undefined }> = {};

export const ask = requestType(Ask, AskAnswer, {
  name: 'ask',
  version: 1,
  title: 'Ask',
  subject: ({ what }) => [what], // subject
  decision: 'one-person',
  lawEnforcement: false,
  risk: ({ since }) => (since === undefined ? 1 : 2), // risk
  clocks: [
    shared,
    { ...clock, name: 'own', kind: 'elapsed-hours',
      amount: ({ since }) => (since ? 4 : null), // amount
      startsFrom: 'since', // start
    },
  ],
  rules: [
    neededWhen('Needed', 'since', 'Say since when', { field: 'what', is: 'x' }), // rule on the field
    refusedWhen('Refused', 'what', 'Leave it out', { field: 'since', given: true }), // rule by the field
    { code: 'Own', pointer: '/since', detail: 'Own', holds: ({ since }) => since !== '' }, // own rule
  ],
  answerFaults: (answer, payload) => {
    if (payload.since === undefined) return []; // answer fault by the payload
    if (answer.remark !== undefined) return []; // answer fault by the answer
    return [answerFault<AskAnswer>('remark', 'Missing', 'Say more')]; // fault at the field
  },
  records: keptIn(kept, {
    payload: ({ what, since }) => ({ what, from: since }), // record of the payload
    answer: ({ remark }) => ({ said: remark }), // record of the answer
  }),
  examples: [
    {
      payload: { what: 'a', since: '2026-01-01T00:00:00Z' }, // example payload
      answer: { remark: 'b' }, // example answer
    },
  ],
});
`;
const PAYLOAD_USES = [
  'shared clock',
  'risk',
  'amount',
  'start',
  'rule on the field',
  'rule by the field',
  'own rule',
  'answer fault by the payload',
  'record of the payload',
  'example payload',
];
const ANSWER_USES = [
  'answer fault by the answer',
  'fault at the field',
  'record of the answer',
  'example answer',
];

/** Compiles the source. Returns the comments at the ends of the lines that do not compile. */
function brokenLines(source: string): string[] {
  const file = join(ROOT, 'apps/fleet/src/probe.request.ts');
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(
    { ...config.config, include: [], files: [] },
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  host.readFile = (path) => (path === file ? source : ts.sys.readFile(path));
  host.fileExists = (path) => path === file || ts.sys.fileExists(path);
  const program = ts.createProgram({ rootNames: [file], options: { ...options, noEmit: true }, host });
  const probe = program.getSourceFile(file);
  const lines = source.split('\n');
  const broken = program.getSemanticDiagnostics(probe).map(({ start = 0 }) => {
    const line = lines[probe?.getLineAndCharacterOfPosition(start).line ?? 0] ?? '';
    return line.split(' // ')[1] ?? line;
  });
  return [...new Set(broken)];
}

describe('a unit', () => {
  it('compiles while its classes have the fields that it names', () => {
    expect(brokenLines(UNIT_FILE('since', 'remark'))).toEqual([]);
  });

  it('does not compile, wherever it names a field of the payload, once the class has renamed it', () => {
    expect(brokenLines(UNIT_FILE('sinceWhen', 'remark')).sort()).toEqual([...PAYLOAD_USES].sort());
  });

  it('does not compile, wherever it names a field of the answer, once the class has renamed it', () => {
    expect(brokenLines(UNIT_FILE('since', 'remarks')).sort()).toEqual([...ANSWER_USES].sort());
  });

  it.each([
    ['a cast through unknown', 'export const f = (a: object) => a as unknown as { b: string };', 1],
    ['a field read by a text', "export const f = (payload: { b: string }) => payload['b'];", 1],
    ['an optional field read by a text', "export const f = (a?: { b: string }) => a?.['b'];", 1],
    ['a ladder over types', "export const f = (r: { type: string }) => r.type === 'a' || r.type !== 'b';", 2],
    ['a comparison of a type', "export const f = (type: string) => type === 'a';", 1],
    ['a comparison with the text first', "export const f = (r: { type: string }) => 'a' === r.type;", 1],
    ['a type compared with the text first', "export const f = (type: string) => 'a' !== type;", 1],
    ['a switch over types', 'export function f(r: { type: string }) { switch (r.type) { default: } }', 1],
    ['a field read by its name', 'export const f = (payload: { b: string }) => payload.b;', 0],
  ])('is judged by ESLint for %s', async (_, source, faults) => {
    // Type information needs files of the project, but these rules need no types.
    const { default: tseslint } = await import('typescript-eslint');
    const untyped = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
    const eslint = new ESLint({ cwd: ROOT, overrideConfig: [untyped] });
    const rulesBroken = async (file: string): Promise<unknown[]> => {
      const [result] = await eslint.lintText(source, { filePath: join(ROOT, file) });
      return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-syntax');
    };
    expect(await rulesBroken('apps/a-new-unit/src/probe.ts')).toHaveLength(faults);
    expect(await rulesBroken('apps/intake/src/probe.ts')).toEqual([]);
  });
});
