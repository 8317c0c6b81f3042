import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '#agreements';
import { Refusal } from '#contracts';
import { ALLIANCE, type Force } from '#kernel';
import { loadUnitDefinitions, type UnitDefinition } from '#unit';
import { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { checkSubmission, claimsOf } from './submission.ts';

const { neverShared } = parseCatalogue(
  readFileSync(new URL('../../../../deploy/catalogue.json', import.meta.url), 'utf8'),
);
const definitions = await loadUnitDefinitions(['fleet', 'crime-recording']);
const types = new RequestTypeDirectory(definitions, neverShared);
const [bedfordshire] = ALLIANCE as [Force];
const example =
  definitions[0]?.requestTypes.find(({ name }) => name === 'vehicle-repair')?.examples[0]?.payload ?? {};
const body = { type: 'vehicle-repair', reference: 'R-1', payload: example };

const problemOf = (submission: unknown): Refusal => {
  try {
    checkSubmission(types, bedfordshire, 'rest', submission);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('a submission', () => {
  it('is routed to the unit that takes its type, with every example of every unit valid', () => {
    expect(checkSubmission(types, bedfordshire, 'rest', body).type.unit).toBe('fleet');
    for (const { requestTypes } of definitions) {
      for (const { name, examples } of requestTypes) {
        for (const { payload } of examples)
          expect(() =>
            checkSubmission(types, bedfordshire, 'rest', { type: name, reference: 'R', payload }),
          ).not.toThrow();
      }
    }
  });

  it('has the same content whatever its origin, the order of its fields, or a version that is named', () => {
    const reversed = Object.fromEntries(Object.entries(example).reverse());
    const { contentHash } = checkSubmission(types, bedfordshire, 'rest', body);
    for (const same of [
      { ...body, origin: 'line 7' },
      { ...body, payload: reversed },
      { ...body, version: 1 },
    ]) {
      expect(checkSubmission(types, bedfordshire, 'rest', same).contentHash).toBe(contentHash);
    }
    expect(checkSubmission(types, bedfordshire, 'rest', { ...body, reference: 'R-2' }).contentHash).not.toBe(
      contentHash,
    );
  });

  it('has the newest version of its type unless it names another declared one', () => {
    const [fleet] = definitions as [UnitDefinition];
    const next = fleet.requestTypes
      .filter(({ name }) => name === 'vehicle-repair')
      .map((type) => ({ ...type, version: 2 }));
    const both = new RequestTypeDirectory(
      [{ ...fleet, requestTypes: [...fleet.requestTypes, ...next] }],
      neverShared,
    );
    const versionOf = (version?: number): number =>
      both.route(bedfordshire, 'vehicle-repair', version).type.version;
    expect([versionOf(), versionOf(1), versionOf(2)]).toEqual([2, 1, 2]);
    expect(() => versionOf(3)).toThrow(
      'Version 3 of vehicle-repair is not accepted; accepted versions: 2, 1.',
    );
    const published = both.published().filter(({ name }) => name === 'vehicle-repair');
    expect(published.map(({ version }) => version)).toEqual([2, 1]);
  });

  it.each<[string, unknown, string, string]>([
    ['no object', [], 'invalid-request', ''],
    ['null', null, 'invalid-request', ''],
    ['no reference', { type: 'vehicle-repair', payload: example }, 'invalid-request', '/reference'],
    ['a reference with a space', { ...body, reference: 'R 1' }, 'invalid-request', '/reference'],
    ['a payload that is a list', { ...body, payload: [] }, 'invalid-request', '/payload'],
    ['an owner of its own', { ...body, owningForce: 'hertfordshire' }, 'invalid-request', '/owningForce'],
    [
      'an owner in its payload',
      { ...body, payload: { ...example, owningForce: 'hertfordshire' } },
      'invalid-payload',
      '/payload/owningForce',
    ],
    [
      'an off-road vehicle without since when',
      { ...body, payload: { ...example, offRoadSince: undefined } },
      'invalid-payload',
      '/payload/offRoadSince',
    ],
  ])('with %s is refused, pointing at it', (_, submission, code, pointer) => {
    const refusal = problemOf(JSON.parse(JSON.stringify(submission)));
    expect([refusal.code, refusal.problem.errors?.[0]?.pointer]).toEqual([code, pointer]);
  });

  it('of a matter that is never shared is refused before any other check', () => {
    const refusal = problemOf({ type: 'volume-crime', reference: 'R-1', payload: {} });
    expect([refusal.code, refusal.message]).toEqual([
      'never-shared',
      'Volume crime investigation (N3) is never shared. Bedfordshire Police must do this work itself.',
    ]);
  });

  it('of a misspelt type is refused with the nearest name', () => {
    expect(problemOf({ type: 'vehicle-repiar', reference: 'R-1', payload: {} }).message).toBe(
      'There is no request type vehicle-repiar. Did you mean vehicle-repair? Types are listed at /schemas.',
    );
    expect(problemOf({ type: 'tea-making', reference: 'R-1', payload: {} }).message).not.toContain(
      'Did you mean',
    );
  });

  it('claims its key and its reference only within its force and channel', () => {
    const checked = checkSubmission(types, bedfordshire, 'rest', body);
    const sent = {
      id: 'x',
      force: 'bedfordshire',
      channel: 'rest',
      key: 'k',
      submittedBy: 's',
      traceparent: null,
      checked,
    } as const;
    expect(claimsOf(sent)).not.toEqual(claimsOf({ ...sent, channel: 'kafka' }));
    expect(claimsOf(sent)[1]).toBe(claimsOf({ ...sent, channel: 'kafka' })[1]);
    expect(
      claimsOf(sent).some((claim) => claimsOf({ ...sent, force: 'hertfordshire' }).includes(claim)),
    ).toBe(false);
  });
});
