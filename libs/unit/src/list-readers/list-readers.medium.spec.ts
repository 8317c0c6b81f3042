import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, UnitAtRest } from '#testing';
import type { StaffCaller, StaffRole } from '#web';
import { changeRequest } from '../change-request/change-request.ts';
import { keepMember } from '../members/keep-member.ts';
import { readRequest } from '../read-request/read-request.ts';
import type { RequestType } from '../unit-definition.ts';
import { listReaders } from './list-readers.ts';

const [OWNER, OTHER] = ['north', 'south'] as const;
const [move, , seizure] = deskMoves.requestTypes as [RequestType, RequestType, RequestType];

describe('the readers of a request', () => {
  let at: UnitAtRest;
  beforeAll(async () => {
    at = await UnitAtRest.start(deskMoves, [OWNER, OTHER]);
    await keepMember(at.unit, staff('ana', 'caseworker'));
  });
  afterAll(() => at.stop());

  const staff = (person: string, role: StaffRole, forces: readonly string[] = [OWNER]): StaffCaller => ({
    kind: 'staff',
    person,
    name: `Name of ${person}`,
    unit: deskMoves.slug,
    role,
    forces,
  });

  it('are those of the access log, newest first, with the names of those who signed in', async () => {
    const [id] = (await at.arrive({ force: OWNER, type: seizure })) as [string];
    const ana = staff('ana', 'caseworker');
    await readRequest(at.unit, ana, id);
    await changeRequest(at.unit, {
      caller: ana,
      reference: id,
      command: 'claim',
      version: 1,
      body: undefined,
    });
    await readRequest(at.unit, staff('bo', 'auditor'), id);
    const { logged, items } = await listReaders(at.unit, staff('bo', 'auditor'), id);
    expect(logged).toBe(true);
    expect(items.map(({ person, name, operation }) => [person, name, operation])).toEqual([
      ['bo', null, 'consultation'],
      ['ana', 'Name of ana', 'alteration'],
      ['ana', 'Name of ana', 'consultation'],
      [`force-${OWNER}`, null, 'collection'],
    ]);
    expect(items.every(({ at: moment }) => !Number.isNaN(Date.parse(moment)))).toBe(true);
    // Reading the list is not an access to the record.
    expect((await listReaders(at.unit, ana, id)).items).toHaveLength(4);
  });

  it('are not logged for a type that is no law-enforcement processing', async () => {
    const [id] = (await at.arrive({ force: OWNER, type: move })) as [string];
    expect(await listReaders(at.unit, staff('ana', 'caseworker'), id)).toEqual({ logged: false, items: [] });
  });

  it('are unknown to staff of another force', async () => {
    const [id] = (await at.arrive({ force: OWNER, type: seizure })) as [string];
    await expect(listReaders(at.unit, staff('cy', 'supervisor', [OTHER]), id)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
