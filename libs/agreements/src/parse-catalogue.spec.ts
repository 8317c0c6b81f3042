import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deriveAgreements, parseCatalogue, unitsOf } from './index.ts';

const json = readFileSync(new URL('../../../deploy/catalogue.json', import.meta.url), 'utf8');
const catalogue = parseCatalogue(json);

type Draft = {
  agreements: Record<string, unknown>;
  functions: Record<string, unknown>[];
  neverShared: Record<string, unknown>[];
};
const faultsAfter = (change: (draft: Draft) => void): string => {
  const draft = JSON.parse(json) as Draft;
  change(draft);
  try {
    parseCatalogue(JSON.stringify(draft));
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
};

describe('the catalogue', () => {
  it('has the 21 functions, F1 to F21, and the four matters that are never shared', () => {
    expect(catalogue.functions.map(({ id }) => id)).toEqual(
      Array.from({ length: 21 }, (_, index) => `F${index + 1}`),
    );
    expect(catalogue.neverShared.map(({ id, title }) => `${id} ${title}`)).toEqual([
      'N1 incident response',
      'N2 neighbourhood policing',
      'N3 volume crime investigation',
      'N4 protecting vulnerable people',
    ]);
  });

  it('has the five units, each with one agreement of all three forces that is marked as a demonstration', () => {
    expect(unitsOf(catalogue)).toEqual([
      'fleet',
      'estates',
      'legal',
      'firearms-licensing',
      'crime-recording',
    ]);
    const agreements = deriveAgreements(catalogue);
    expect(agreements.map(({ unit }) => unit)).toEqual(unitsOf(catalogue));
    for (const agreement of agreements) {
      expect(agreement).toMatchObject({
        demonstration: true,
        status: 'live',
        participants: ['bedfordshire', 'cambridgeshire', 'hertfordshire'],
      });
    }
  });

  it('gives the decision-maker of a unit a delegation of each participating force', () => {
    const licensing = deriveAgreements(catalogue).find(({ unit }) => unit === 'firearms-licensing');
    expect(licensing?.delegations.map(({ force, person }) => [force, person])).toEqual([
      ['bedfordshire', 'firearms-licensing.decision-maker'],
      ['cambridgeshire', 'firearms-licensing.decision-maker'],
      ['hertfordshire', 'firearms-licensing.decision-maker'],
    ]);
  });

  it('needs one line for a new unit, and accepts separate terms for two forces', () => {
    const draft = JSON.parse(json) as Draft;
    Object.assign(draft.functions[19] as object, {
      unit: 'dog-unit',
      agreement: { participants: ['bedfordshire', 'hertfordshire'] },
    });
    const agreement = deriveAgreements(parseCatalogue(JSON.stringify(draft))).find(
      ({ unit }) => unit === 'dog-unit',
    );
    expect(agreement).toMatchObject({
      functionId: 'F20',
      participants: ['bedfordshire', 'hertfordshire'],
      from: '2024-04-01',
    });
  });

  it.each<[string, (draft: Draft) => void, string]>([
    [
      'a unit for a matter that is never shared',
      (draft) => (draft.functions[0]!['unit'] = 'neighbourhood-policing'),
      'neighbourhood policing (N2) stays with each force',
    ],
    [
      'a never-shared matter with a unit',
      (draft) => (draft.neverShared[0]!['unit'] = 'response'),
      'neverShared[0].unit is not known here',
    ],
    ['an id that stands twice', (draft) => (draft.functions[1]!['id'] = 'F1'), 'the id F1 stands twice'],
    [
      'a unit that stands twice',
      (draft) => (draft.functions[0]!['unit'] = 'fleet'),
      'the unit fleet stands twice',
    ],
    [
      'an unknown family',
      (draft) => (draft.functions[0]!['family'] = 'other'),
      'functions[0].family must be one of',
    ],
    [
      'an unknown field',
      (draft) => (draft.functions[0]!['savings'] = 1),
      'functions[0].savings is not known here',
    ],
    [
      'an agreement without participants',
      (draft) => (draft.agreements['participants'] = []),
      'agreements.participants must be a list of forces',
    ],
    [
      'an agreement that ends before it begins',
      (draft) => (draft.agreements['to'] = '2020-01-01'),
      'ends before it begins',
    ],
    [
      'a delegation without a unit',
      (draft) => (draft.functions[0]!['delegated'] = ['a-type']),
      'delegated says nothing without a unit',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(faultsAfter(change)).toContain(message);
  });

  it('refuses text that is not JSON or not UTF-8', () => {
    expect(() => parseCatalogue('{')).toThrow('The catalogue is not JSON');
    expect(() => parseCatalogue(Buffer.from('{\n"Caf\u00e9"', 'latin1'))).toThrow(
      'The catalogue is not UTF-8 in line 2',
    );
  });
});
