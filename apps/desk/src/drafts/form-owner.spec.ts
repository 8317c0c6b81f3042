import { describe, expect, it } from '@jest/globals';
import { ownerMark, ownerOf } from './form-owner.ts';

const KEY = 'a key of this desk that nobody else has';

describe('the mark of a form', () => {
  it('names the person for whom the form was made', () => {
    const mark = ownerMark('fleet.caseworker', KEY);
    expect(ownerOf({ _owner: mark }, KEY)).toBe('fleet.caseworker');
  });

  it('names nobody if it is missing, was changed, or comes from another desk', () => {
    const mark = ownerMark('fleet.caseworker', KEY);
    const forged = [
      mark.replace('caseworker', 'supervisor'),
      'fleet.caseworker',
      '',
      ownerMark('fleet.caseworker', `${KEY}!`),
      [mark, mark],
    ];
    for (const _owner of forged) expect([_owner, ownerOf({ _owner }, KEY)]).toEqual([_owner, undefined]);
    expect(ownerOf({}, KEY)).toBeUndefined();
    expect(ownerOf(undefined, KEY)).toBeUndefined();
  });
});
