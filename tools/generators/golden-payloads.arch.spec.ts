import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PayloadCheck } from '#contracts';
import { payloadFaults, loadUnitDefinitions } from '#unit';
import { deploymentFrom, ROOT } from '../../deploy/local/deployment.ts';

const definitions = await loadUnitDefinitions(deploymentFrom({}).units);
const types = definitions.flatMap(({ slug, requestTypes }) => requestTypes.map((type) => ({ slug, type })));

/**
 * A golden payload is one that a force's system once sent. There is one file for each type and version, and
 * the present definition must accept it. If a changed field breaks this test, the type needs a new version,
 * and both files stay.
 */
describe('golden payloads', () => {
  it.each(
    types.map(({ slug, type }) => [`${type.name} version ${String(type.version)}`, slug, type] as const),
  )('%s is still accepted', (_, slug, type) => {
    const file = join(ROOT, 'apps', slug, 'golden', `${type.name}.v${String(type.version)}.json`);
    expect(existsSync(file) ? 'present' : 'missing: run npm run generate').toBe('present');
    const payloads = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads)
      expect(payloadFaults(type, new PayloadCheck(type.payload), payload)).toEqual([]);
  });
});
