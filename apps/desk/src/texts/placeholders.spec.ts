import { describe, expect, it } from '@jest/globals';
import { fillIn, unknownPlaceholders } from './placeholders.ts';

const values = {
  ...{ reference: 'FLT-26-000001', theirs: 'R-1', force: 'North' },
  ...{ title: 'Repair', due: 'Tue 3 Mar', me: 'Fleet caseworker 1' },
};

describe('a ready-made text', () => {
  it('has its placeholders filled in, and no text inside them is read again', () => {
    expect(fillIn('{{ reference }} for {{force}}', { ...values, force: '{{me}}' })).toBe(
      'FLT-26-000001 for {{me}}',
    );
  });

  it('keeps a placeholder that does not exist, and the check names it', () => {
    expect(fillIn('{{constructor}} {{nobody}}', values)).toBe('{{constructor}} {{nobody}}');
    expect(unknownPlaceholders('{{me}} {{nobody}} {{constructor}}')).toEqual(['nobody', 'constructor']);
  });
});
