import { describe, expect, it } from '@jest/globals';
import { Refused, type Request } from '#client';
import { outcomeOf, outcomeOfRefusal } from './intake-receiver.ts';

const SINCE = new Date('2026-03-02T10:00:00Z');
const submitted = (receivedAt: string, already: boolean, uncertain = false) => ({
  request: { receivedAt } as Request,
  already,
  uncertain,
});
const refused = (members: object) =>
  new Refused({
    type: 'about:blank',
    title: '',
    status: 409,
    detail: 'does not fit',
    code: '',
    kind: 'business',
    ...members,
  });

describe('the outcome of a row', () => {
  it('is accepted for a new request, and a duplicate for an existing one', () => {
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', false), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', true), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it('is accepted for an existing request that an unanswered attempt of this run sent', () => {
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', true, true), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(submitted('2026-03-01T10:00:01Z', true, true), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it('is a conflict with the origin of the first submission', () => {
    const conflict = refused({ code: 'reference-conflict', existing: { id: 'x', origin: 'a.csv:7' } });
    expect(outcomeOfRefusal(conflict)).toEqual({ kind: 'conflict', with: 'a.csv:7' });
  });

  it('is a refusal with its reason and pointers', () => {
    const errors = [{ pointer: '/payload/location', code: 'isString', detail: 'must be text' }];
    expect(outcomeOfRefusal(refused({ status: 422, code: 'invalid-payload', errors }))).toEqual({
      kind: 'refused',
      why: '422 invalid-payload: does not fit /payload/location must be text',
    });
  });
});
