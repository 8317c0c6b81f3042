import { describe, expect, it } from '@jest/globals';
import { Refused, type Request } from '#client';
import { outcomeOf, outcomeOfRefusal } from './intake-door.ts';

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

describe("what intake's answer means for a row", () => {
  it('counts what was taken now as accepted, what was there already as a duplicate', () => {
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', false), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', true), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it("counts what was there already as this run's own when an earlier attempt of it went unanswered", () => {
    expect(outcomeOf(submitted('2026-03-02T10:00:01Z', true, true), SINCE)).toEqual({ kind: 'accepted' });
    expect(outcomeOf(submitted('2026-03-01T10:00:01Z', true, true), SINCE)).toEqual({ kind: 'duplicate' });
  });

  it('takes the place of the first submission from the conflict', () => {
    const conflict = refused({ code: 'reference-conflict', existing: { id: 'x', origin: 'a.csv:7' } });
    expect(outcomeOfRefusal(conflict)).toEqual({ kind: 'conflict', with: 'a.csv:7' });
  });

  it('gives the reason of a refusal with its pointers', () => {
    const errors = [{ pointer: '/payload/location', code: 'isString', detail: 'must be text' }];
    expect(outcomeOfRefusal(refused({ status: 422, code: 'invalid-payload', errors }))).toEqual({
      kind: 'refused',
      why: '422 invalid-payload: does not fit /payload/location must be text',
    });
  });
});
