import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rulesOf } from './field-rules.ts';
import type { Schema } from '../units/unit-api.ts';
import { inWords } from '../facts/in-words.ts';
import { answerForm, isGroup } from './answer-form.ts';
import { factsOf } from '../facts/facts.ts';
import { fieldsOfAnswer, postedAnswer } from './posted-answer.ts';

const { components } = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as {
  components: { schemas: Record<string, Schema> };
};
const answers = Object.entries(components.schemas).filter(([name]) => name.endsWith('.answer'));

describe('the form of an answer', () => {
  it.each(answers)('has a field for every property of %s', (_name, schema) => {
    const parts = answerForm(schema);
    expect(parts.map(({ path }) => path)).toEqual(Object.keys(schema.properties ?? {}));
    for (const part of parts) expect(isGroup(part) ? part.legend : part.label).toMatch(/^[A-Z]/);
  });

  it('chooses the widget by the schema', () => {
    const [repair] = answers
      .filter(([name]) => name === 'vehicle-repair.v1.answer')
      .map(([, schema]) => schema);
    const widgets = Object.fromEntries(
      answerForm(repair ?? {}).map((part) => [part.path, isGroup(part) ? 'group' : part.widget]),
    );
    expect(widgets).toMatchObject({
      ...{ outcome: 'choice', workDone: 'long-text', odometerMiles: 'number', backOnRoadAt: 'moment' },
      motDueOn: 'date',
    });
  });

  it('refuses a property that it could not show', () => {
    const odd = { type: 'object', properties: { odd: { type: 'array', items: { type: 'number' } } } };
    expect(() => answerForm(odd)).toThrow('no widget for odd');
  });
});

describe('the answer that was posted', () => {
  const schema: Schema = {
    properties: {
      outcome: { type: 'string', enum: ['completed', 'not-needed'] },
      workDone: { type: 'string', maxLength: 2_000 },
      miles: { type: 'integer' },
      at: { type: 'string', format: 'date-time' },
      alone: { type: 'boolean' },
      conditions: { type: 'array', items: { type: 'string' } },
      medical: { type: 'object', properties: { doctor: { type: 'string', maxLength: 120 } } },
    },
  };
  const posted = (fields: Record<string, string>): Record<string, unknown> =>
    postedAnswer(
      answerForm(schema),
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`field/${name}`, value])),
    );

  it('has values of the types that the unit expects', () => {
    expect(
      posted({
        ...{ outcome: 'completed', workDone: ' Two\r\nlines ', miles: '48,214', at: '2026-07-03T15:20' },
        ...{ alone: 'no', conditions: 'One\r\n\r\nTwo\r\n', 'medical/doctor': 'Dr A' },
      }),
    ).toEqual({
      ...{ outcome: 'completed', workDone: 'Two\nlines', miles: 48_214, at: '2026-07-03T14:20:00.000Z' },
      ...{ alone: false, conditions: ['One', 'Two'], medical: { doctor: 'Dr A' } },
    });
  });

  it('is the answer from which a form was filled in', () => {
    const answer = {
      ...{ outcome: 'completed', workDone: 'Two\nlines', miles: 48_214, at: '2026-07-03T14:20:00.000Z' },
      ...{ alone: false, conditions: ['One', 'Two'], medical: { doctor: 'Dr A' }, costPence: 120_405 },
      kinds: ['a', 'b'],
    };
    const kinds = { type: 'array', items: { enum: ['a', 'b', 'c'] } };
    const form = answerForm({
      properties: { ...schema.properties, costPence: { type: 'integer' }, kinds },
    });
    expect(postedAnswer(form, fieldsOfAnswer(form, answer))).toEqual(answer);
    expect(fieldsOfAnswer(form, { alone: null, medical: {} })).toEqual({});
  });

  it('leaves out what is empty, and passes on what it cannot read, so that the unit names the fault', () => {
    expect(posted({ outcome: '', miles: 'many', at: 'yesterday', 'medical/doctor': ' ' })).toEqual({
      miles: 'many',
      at: 'yesterday',
    });
  });
});

describe('facts', () => {
  it('have the titles of the schema, and words for what it does not have', () => {
    const schema: Schema = {
      properties: {
        off: { type: 'boolean', title: 'Off the road' },
        why: { enum: ['no-part'], title: 'Why' },
      },
    };
    expect(factsOf({ crimeReference: '40/1/26', why: 'no-part', off: true, gone: null }, schema)).toEqual([
      { name: 'Off the road', value: 'Yes' },
      { name: 'Why', value: 'No part' },
      { name: 'Crime reference', value: '40/1/26' },
    ]);
  });

  it('show objects and lists of objects one by one', () => {
    const values = { referees: [{ name: 'A' }, { name: 'B' }], holder: { born: '2000-01-02' } };
    const schema: Schema = {
      properties: { holder: { title: 'Holder', properties: { born: { format: 'date', title: 'Born' } } } },
    };
    expect(factsOf(values, schema)).toEqual([
      { name: 'Holder: Born', value: 'Sun 2 Jan 2000' },
      { name: 'Referees', value: '', table: { columns: ['Name'], rows: [['A'], ['B']] } },
    ]);
  });

  it('writes names of the wire format as words', () => {
    expect(['no-fault-found', 'workDone', 'vrm'].map(inWords)).toEqual([
      'No fault found',
      'Work done',
      'Vrm',
    ]);
  });
});

describe('the rules of a form', () => {
  const holding = (field: string, value: Schema = {}): Schema => ({
    type: 'object',
    properties: { [field]: value },
    required: [field],
  });

  it('say with which values of other fields a field is needed or must be left out', () => {
    const rules = rulesOf({
      allOf: [
        { if: holding('decision', { const: 'granted' }), then: holding('startsOn') },
        { if: holding('decision', { const: 'refused' }), then: { not: holding('startsOn') } },
        { if: { not: holding('livesAlone', { const: true }) }, then: holding('interviewedOn') },
      ],
    });
    expect(Object.fromEntries(rules)).toEqual({
      startsOn: {
        neededWhen: [{ field: 'decision', value: 'granted', is: true }],
        refusedWhen: [{ field: 'decision', value: 'refused', is: true }],
      },
      interviewedOn: { neededWhen: [{ field: 'livesAlone', value: 'yes', is: false }], refusedWhen: [] },
    });
  });

  it('in a form that the desk does not know are left to the unit', () => {
    expect(rulesOf({ allOf: [{ anyOf: [] } as Schema, { if: {}, then: holding('a') }] }).size).toBe(0);
  });
});

describe('an amount of money', () => {
  const schema: Schema = { properties: { costPence: { type: 'integer', title: 'Cost in pence' } } };
  const post = (text: string): unknown => postedAnswer(answerForm(schema), { 'field/costPence': text });

  it('is typed in pounds and sent in pence', () => {
    expect(answerForm(schema)).toMatchObject([{ label: 'Cost in pounds', widget: 'pounds' }]);
    expect(['312.50', '£312.5', '1,204', '£ 0.05'].map(post)).toEqual(
      [31_250, 31_250, 120_400, 5].map((costPence) => ({ costPence })),
    );
  });

  it('that nobody can read is sent as it is, so that the unit names the field', () => {
    for (const text of ['12.505', 'about 300', '-3']) expect(post(text)).toEqual({ costPence: text });
  });
});
