import { expect, it } from '@jest/globals';
import { Refused } from './refused.ts';

it('names the column of a fault in CSV, and the pointer of any other fault', () => {
  const errors = [
    { pointer: '', code: 'column', detail: 'did you mean reference?', column: 'refrence' },
    { pointer: '/payload/vrm', code: 'matches', detail: 'vrm must be a registration mark' },
  ];
  const problem = {
    type: 'about:blank',
    title: '',
    status: 400,
    detail: 'No.',
    code: 'invalid-request',
    kind: 'business' as const,
    errors,
  };
  expect(new Refused(problem).message).toBe(
    '400 invalid-request: No. refrence did you mean reference?; /payload/vrm vrm must be a registration mark',
  );
});
