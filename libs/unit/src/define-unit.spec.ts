import { describe, expect, it } from '@jest/globals';
import { Text, Whole } from '#contracts';
import { defineUnit, requestType } from './define-unit.ts';
import type { Fields, RequestType, UnitDefinition } from './unit-definition.ts';

class Payload {
  @Text({ max: 20 }) what!: string;
  @Text({ max: 20, optional: true, personal: true }) who?: string;
  @Whole({ min: 1, max: 9, optional: true }) howMany?: number;
}
class Answer {
  @Text({ max: 20 }) outcome!: string;
}

const type = (changes: Partial<RequestType> = {}): RequestType => ({
  name: 'desk-move',
  version: 1,
  title: 'Move a desk',
  subject: ({ what }) => [String(what)],
  payload: Payload,
  answer: Answer,
  clocks: [
    {
      name: 'respond',
      title: 'Respond',
      kind: 'working-days',
      amount: 5,
      pausable: true,
      metBy: 'answered',
      source: '',
    },
  ],
  decision: 'one-person',
  lawEnforcement: false,
  risk: 1,
  examples: [{ payload: { what: 'a desk', who: 'A. Example' }, answer: { outcome: 'moved' } }],
  ...changes,
});
const unit = (changes: Partial<UnitDefinition> = {}): UnitDefinition => ({
  slug: 'moves',
  functionId: 'F3',
  title: 'Moves',
  referencePrefix: 'MOV',
  requestTypes: [type()],
  ...changes,
});

describe('a unit definition', () => {
  it('is accepted if it is complete', () => {
    expect(defineUnit(unit()).slug).toBe('moves');
  });

  it('may hold several versions of a type', () => {
    expect(defineUnit(unit({ requestTypes: [type(), type({ version: 2 })] })).requestTypes).toHaveLength(2);
  });

  it.each([
    ['N1', /incident response, is never shared/],
    ['N2', /neighbourhood policing, is never shared/],
    ['N3', /volume crime investigation, is never shared/],
    ['N4', /protecting vulnerable people, is never shared/],
    ['X9', /is not in the catalogue/],
  ])('is refused for the function %s', (functionId, reason) => {
    expect(() => defineUnit(unit({ functionId }))).toThrow(reason);
  });

  it.each<[string, Partial<UnitDefinition>, RegExp]>([
    [
      'two types of one name',
      { requestTypes: [type(), type()] },
      /two request types are called desk-move version 1/,
    ],
    ['no request type', { requestTypes: [] }, /no request type/],
    ['a slug that cannot be a folder name', { slug: 'Moves!' }, /kebab-case/],
    ['a prefix that is not three capital letters', { referencePrefix: 'mov' }, /three capital letters/],
  ])('is refused with %s', (_, changes, reason) => {
    expect(() => defineUnit(unit(changes))).toThrow(reason);
  });

  it('names every fault at once', () => {
    expect(() => defineUnit(unit({ slug: 'X', functionId: 'N1', title: ' ' }))).toThrow(
      /kebab-case[^]*never shared[^]*no title/,
    );
  });
});

describe('a request type', () => {
  it.each<[string, Partial<RequestType>, RegExp]>([
    ['without a clock', { clocks: [] }, /no clock/],
    [
      'whose clock starts from a field that does not exist',
      { clocks: [{ ...type().clocks[0]!, startsFrom: 'never' }] },
      /starts from never/,
    ],
    ['without an example', { examples: [] }, /no example/],
    [
      'whose example is not valid for its own payload',
      { examples: [{ payload: { what: 3 }, answer: { outcome: 'x' } }] },
      /\/payload\/what/,
    ],
    [
      'whose example answer lacks a field',
      { examples: [{ payload: { what: 'x' }, answer: {} }] },
      /\/answer\/outcome/,
    ],
    ['without a subject', { subject: () => [undefined, ''] }, /no subject/],
    [
      'for law enforcement with a personal field in its subject',
      { lawEnforcement: true, subject: ({ what, who }) => [String(what), who as string | undefined] },
      /example 1 has a personal field in its subject/,
    ],
    ['with a risk beyond 9', { risk: 10 }, /risk/],
    [
      'whose example breaks its own rule',
      {
        rules: [
          {
            code: 'SaysHowMany',
            pointer: '/howMany',
            detail: 'say how many',
            holds: (payload) => 'howMany' in payload,
          },
        ],
      },
      /breaks the rule SaysHowMany/,
    ],
    [
      'an example whose answer its own type finds a fault in',
      { answerFaults: () => [{ pointer: '/answer/outcome', code: 'Never', detail: 'never right' }] },
      /example 1 is not valid at \/answer\/outcome: never right/,
    ],
  ])('is refused %s', (_, changes, reason) => {
    const { payload, answer, ...declared } = type(changes);
    expect(() => requestType(payload as new () => Fields, answer as new () => Fields, declared)).toThrow(
      reason,
    );
  });
});
