import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { momentFaults, PayloadCheck } from '#contracts';
import { loadUnitDefinitions, newestTypes, type RequestType } from '#unit';
import { InventedWork } from './invented-work.ts';

const NOW = new Date('2026-06-17T10:30:00Z');

interface Catalogue {
  readonly functions: readonly { readonly unit?: string }[];
}

/** Gives the same numbers each time, so that a failure can be repeated (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('invented work', () => {
  let invented: InventedWork;
  let types: RequestType[];

  beforeAll(async () => {
    const catalogue = JSON.parse(
      readFileSync(new URL('../../../../deploy/catalogue.json', import.meta.url), 'utf8'),
    ) as Catalogue;
    const units = await loadUnitDefinitions(catalogue.functions.flatMap(({ unit }) => unit ?? []));
    invented = new InventedWork(units, seeded(7));
    types = units.flatMap(({ requestTypes }) => newestTypes(requestTypes));
  });

  it('is valid for every request type of every unit', () => {
    for (const type of types) {
      const check = new PayloadCheck(type.payload);
      for (let tries = 0; tries < 20; tries += 1) {
        const { payload } = invented.request(NOW, type.name);
        expect({ type: type.name, faults: check.faults(payload) }).toEqual({ type: type.name, faults: [] });
        expect((type.rules ?? []).filter((rule) => !rule.holds(payload)).map(({ code }) => code)).toEqual([]);
      }
    }
  });

  it.each(['2026-06-17T00:30:00Z', '2026-06-17T10:30:00Z', '2026-06-17T22:30:00Z'])(
    'has no date in the future where the type wants one of the past, at %s',
    (time) => {
      const now = new Date(time);
      for (const type of types) {
        const check = new PayloadCheck(type.payload);
        for (let tries = 0; tries < 20; tries += 1) {
          const { payload } = invented.request(now, type.name);
          expect(momentFaults(check.schema, payload, '/payload', now.getTime())).toEqual([]);
        }
      }
    },
  );

  it('varies, so that the same request hardly ever appears twice', () => {
    const texts = Array.from({ length: 50 }, () =>
      JSON.stringify(invented.request(NOW, 'vehicle-repair').payload),
    );
    expect(new Set(texts).size).toBeGreaterThan(40);
  });

  it('has at least one answer for every request that its type accepts', () => {
    for (const type of types) {
      const check = new PayloadCheck(type.answer);
      const { payload } = invented.request(NOW, type.name);
      const answers = invented.answersTo(type.name, payload, NOW);
      expect({ type: type.name, answers: answers.length > 0 }).toEqual({ type: type.name, answers: true });
      for (const answer of answers) expect(check.faults(answer)).toEqual([]);
    }
  });
});
