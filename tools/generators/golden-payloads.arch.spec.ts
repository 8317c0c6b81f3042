import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PayloadCheck } from '#contracts';
import { payloadFaults, loadUnitDefinitions } from '#unit';
import { deploymentFrom, ROOT } from '../../deploy/local/deployment.ts';

const definitions = await loadUnitDefinitions(deploymentFrom({}).units);
const types = definitions.flatMap(({ slug, requestTypes }) => requestTypes.map((type) => ({ slug, type })));

/**
 * A payload as a force's system once sent it, one file per type and version: today's definition must take it. When a field
 * changes so that this fails, the type needs a new version, and both files stay.
 */
describe('golden payloads', () => {
  it.each(
    types.map(({ slug, type }) => [`${type.name} version ${String(type.version)}`, slug, type] as const),
  )('%s is still taken', (_, slug, type) => {
    const file = join(ROOT, 'apps', slug, 'golden', `${type.name}.v${String(type.version)}.json`);
    expect(existsSync(file) ? 'there' : 'missing: run npm run generate').toBe('there');
    const payloads = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads)
      expect(payloadFaults(type, new PayloadCheck(type.payload), payload)).toEqual([]);
  });
});
