import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { FIELD_KEYWORDS, PayloadCheck, schemaOf, type Schema } from '#contracts';
import { answerFaults, payloadFaults, publishedSchema, type UnitDefinition } from '#unit';
import { mutationsOf, someMutationOf, type Mutation } from './mutations.ts';
import { patternsIn, slowPatterns } from './slow-patterns.ts';
import { extremesOf, valuesOf } from './values-of-schema.ts';

const PARTS = ['payload', 'answer'] as const;

/** Each run has another seed. A failure prints it, and PROPERTY_SEED repeats its values. */
const SEED = process.env['PROPERTY_SEED'];
const GENERATED = { numRuns: 40, ...(SEED !== undefined && { seed: Number(SEED) }) };

/** Tests the declaration of every request type, without any service running. */
export function describeRequestTypes(unit: UnitDefinition): void {
  it(`${unit.slug}: has no field with a pattern that a text can make slow`, () => {
    const fields = unit.requestTypes.flatMap((type) => PARTS.map((part) => schemaOf(type[part])));
    expect(slowPatterns(patternsIn(fields))).toEqual([]);
  });

  it(`${unit.slug}: says of each text with a pattern of its own what it must be, with an example`, () => {
    const silent = unit.requestTypes.flatMap((type) =>
      PARTS.flatMap((part) => fieldsWithoutWords(schemaOf(type[part]), `${type.name} ${part}`)),
    );
    expect(silent).toEqual([]);
  });

  it(`${unit.slug}: says of each date, month and moment, in payloads and answers, whether it has happened`, () => {
    const silent = unit.requestTypes.flatMap((type) =>
      PARTS.flatMap((part) => silentMoments(schemaOf(type[part]), `${type.name} ${part}`)),
    );
    expect(silent).toEqual([]);
  });

  describe.each(unit.requestTypes.map((type) => [type.name, type] as const))(
    `${unit.slug}: %s`,
    (_, type) => {
      it('accepts its own examples', () => {
        for (const { payload, answer } of type.examples) {
          expect(payloadFaults(type, new PayloadCheck(type.payload), payload)).toEqual([]);
          expect(answerFaults(new PayloadCheck(type.answer), answer)).toEqual([]);
        }
        expect(type.examples.length).toBeGreaterThanOrEqual(2);
      });

      describe.each(PARTS)('%s', (part) => {
        const judges = judgesOf(type[part]);

        it('is judged alike, damaged in each of its fields, by the compiled check, by class-validator and by the published schema', () => {
          // Each field is damaged once in each way, because examples share most of their fields.
          const damaged = new Map(
            type.examples.flatMap((example) => [...mutationsOf(example[part])]).map((one) => [one.how, one]),
          );
          const judged = [...damaged.values()].map(judges.judge);
          expect(judged.filter(({ alike }) => !alike)).toEqual([]);
          // The words of a validator are shown to nobody.
          const sentences = [...damaged.values()].flatMap(({ value }) => judges.sentences(value));
          expect(
            sentences.filter((sentence) =>
              /must match|should not|conforming|elements|undefined|\[object/.test(sentence),
            ),
          ).toEqual([]);
          // If nothing or everything were refused, the test would prove nothing.
          expect(new Set(judged.map(({ compiled }) => compiled))).toEqual(new Set(['accepts', 'refuses']));
        });

        it('is accepted by all three whatever its schema allows, and judged alike however that is damaged', () => {
          const values = valuesOf(judges.schema);
          const accepted = {
            how: 'generated',
            compiled: 'accepts',
            worded: 'accepts',
            published: 'accepts',
            alike: true,
          };
          fc.assert(
            fc.property(values, (value) =>
              expect(judges.judge({ how: 'generated', value })).toEqual(accepted),
            ),
            GENERATED,
          );
          fc.assert(
            fc.property(someMutationOf(values), (mutation) =>
              expect(judges.judge(mutation)).toMatchObject({ alike: true }),
            ),
            GENERATED,
          );
        });
      });

      it('has rules, clocks and a risk that take every payload whose fields are right', () => {
        const values = valuesOf(new PayloadCheck(type.payload).schema) as fc.Arbitrary<
          Record<string, unknown>
        >;
        fc.assert(
          fc.property(values, (payload) => {
            for (const rule of type.rules ?? []) expect(typeof rule.holds(payload)).toBe('boolean');
            const risk = typeof type.risk === 'function' ? type.risk(payload) : type.risk;
            expect([risk, risk >= 0 && risk <= 9 && Number.isInteger(risk)]).toEqual([risk, true]);
            for (const { amount } of type.clocks) {
              const due: unknown = typeof amount === 'function' ? amount(payload) : amount;
              expect([
                due,
                due === null || due === undefined || Number(due) >= 0 || typeof due === 'string',
              ]).toEqual([due, true]);
            }
          }),
          GENERATED,
        );
      });

      it('publishes its rules over several fields: by a sentence each, and as JSON Schema judges them where that can say them', () => {
        const published = JSON.parse(JSON.stringify(publishedSchema(type))) as Schema;
        const rules = type.rules ?? [];
        expect(((published['x-rules'] ?? []) as { detail: string }[]).map(({ detail }) => detail)).toEqual(
          rules.map(({ detail }) => detail),
        );
        const allows = strangerTo(published);
        const saidBySchema = rules.filter(({ schema }) => schema !== undefined);
        const payloads = type.examples.flatMap(({ payload }) => [
          payload,
          ...extremesOf(schemaOf(type.payload), payload),
        ]);
        const judged = payloads.map((payload) => ({ payload, allowed: allows(payload) }));
        expect(judged).toEqual(
          payloads.map((payload) => ({
            payload,
            allowed: saidBySchema.every((rule) => rule.holds(payload)),
          })),
        );
        // If no rule were broken, the test would prove nothing.
        expect(judged.some(({ allowed }) => !allowed)).toBe(saidBySchema.length > 0);
      });

      it('names a source for each clock, or leaves it empty as a setting of the deployment', () => {
        for (const clock of type.clocks) expect(clock.source === '' || clock.source.length > 15).toBe(true);
      });
    },
  );
}

/** Finds fields with a pattern of their own that is not explained in words. */
function fieldsWithoutWords(schema: Schema, path: string): string[] {
  const {
    properties = {},
    items,
    pattern,
  } = schema as { properties?: Record<string, Schema>; items?: Schema; pattern?: string };
  if (items) return fieldsWithoutWords(items, path);
  const expected = schema['x-expected'] as string | undefined;
  if (pattern !== undefined)
    return schema['x-visible'] === true || expected?.includes('such as') ? [] : [path];
  return Object.entries(properties).flatMap(([name, field]) => fieldsWithoutWords(field, `${path}/${name}`));
}

/**
 * Finds date fields that declare neither `past: true` nor `past: false`, or an order with an unknown field.
 */
function silentMoments(schema: Schema, path: string): string[] {
  const {
    properties = {},
    items,
    type,
  } = schema as { properties?: Record<string, Schema>; items?: Schema; type?: string };
  if (type === 'array') return silentMoments(items as Schema, path);
  return Object.entries(properties).flatMap(([name, field]) => {
    const orders = [field['x-not-before'], field['x-not-after']].filter(
      (other) => other !== undefined && !Object.keys(properties).includes(other as string),
    );
    const silent = isMoment(field) && field['x-past'] === undefined;
    return [
      ...(silent || orders.length > 0 ? [`${path}/${name}`] : []),
      ...silentMoments(field, `${path}/${name}`),
    ];
  });
}

function isMoment({ type, format, pattern, enum: choices }: Schema): boolean {
  if (type !== 'string' || choices !== undefined) return false;
  const takes = (text: string): boolean => new RegExp(String(pattern), 'u').test(text);
  return format === 'date' || format === 'date-time' || (takes('2018-10') && !takes('2018-13'));
}

type Verdict = 'accepts' | 'refuses';

interface Judged {
  readonly how: string;
  readonly compiled: Verdict;
  readonly worded: Verdict;
  readonly published: Verdict;
  readonly alike: boolean;
}

const verdict = (accepted: boolean): Verdict => (accepted ? 'accepts' : 'refuses');

/** A validator that knows only the published schema, like one that a force would use. */
function strangerTo(schema: Schema): (value: unknown) => boolean {
  const stranger = new Ajv2020({ strict: true, keywords: [...FIELD_KEYWORDS, 'x-rules'] });
  formats.default(stranger);
  const allows = stranger.compile(schema);
  return (value) => allows(value);
}

/**
 * Three validators: our fast one, class-validator, and a standard one that knows only the published schema.
 */
function judgesOf(type: new () => object): {
  readonly schema: Schema;
  readonly judge: (mutation: Mutation) => Judged;
  readonly sentences: (value: unknown) => string[];
} {
  const check = new PayloadCheck(type);
  const schema = JSON.parse(JSON.stringify(check.schema)) as Schema;
  const allows = strangerTo(schema);
  const judge = ({ how, value }: Mutation): Judged => {
    const compiled = verdict(check.faults(value).length === 0);
    const worded = verdict(check.worded(value).length === 0);
    const published = verdict(allows(value));
    return { how, compiled, worded, published, alike: compiled === worded && worded === published };
  };
  return { schema, judge, sentences: (value) => check.faults(value).map(({ detail }) => detail) };
}
