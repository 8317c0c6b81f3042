import { describe, expect, it } from '@jest/globals';
import type { Request } from '#client';
import { correctedFields } from './force-forms.ts';

const schema = {
  properties: {
    occurredFrom: { type: 'string', format: 'date-time', 'x-correctable': 'until-claimed' },
    location: { type: 'string', 'x-correctable': 'until-decided' },
    victims: { type: 'integer', 'x-correctable': 'until-decided' },
    crimeType: { type: 'string' },
  },
};
const request = {
  payload: {
    ...{ occurredFrom: '2026-03-01T22:00:41Z', location: 'Mill Lane', victims: 1, crimeType: 'Burglary' },
  },
} as unknown as Pick<Request, 'payload'>;

describe('a correction', () => {
  const typed = { occurredFrom: '2026-03-01T22:00:00.000Z', location: 'Mill Lane', victims: 1 };

  it('has no field that nobody changed, although the form shows moments without seconds', () => {
    expect(correctedFields(request, schema, typed)).toEqual({});
  });

  it('has the changed fields, null for one that was emptied, and none that cannot be corrected', () => {
    const changed = { ...typed, occurredFrom: '2026-03-01T22:05:00.000Z', victims: undefined };
    expect(correctedFields(request, schema, { ...changed, crimeType: 'Robbery' })).toEqual({
      ...{ occurredFrom: '2026-03-01T22:05:00.000Z', victims: null },
    });
  });
});
