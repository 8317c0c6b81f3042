import { describe, expect, it } from '@jest/globals';
import { STAFF_ROLES, type AnyCaller } from './caller.ts';
import {
  admit,
  ForceRoute,
  ForceSystemRoute,
  OpenRoute,
  policyOf,
  StaffRoute,
  type RoutePolicy,
} from './route-policy.ts';

const force: AnyCaller = { kind: 'force', force: 'bedfordshire', client: 'force-bedfordshire' };
const ownPerson: AnyCaller = { ...force, client: 'bedfordshire.person', person: 'Bedfordshire person' };
const staff = (role: (typeof STAFF_ROLES)[number], unit = 'fleet'): AnyCaller => ({
  kind: 'staff',
  person: `${unit}.${role}`,
  name: role,
  unit,
  role,
  forces: ['bedfordshire'],
});
const callers: Record<string, AnyCaller> = {
  force,
  'person of the force': ownPerson,
  ...Object.fromEntries(STAFF_ROLES.map((role) => [role, staff(role)])),
  'supervisor of another unit': staff('supervisor', 'estates'),
};

const TABLE: readonly { policy: RoutePolicy; admits: readonly string[] }[] = [
  { policy: { kind: 'open' }, admits: Object.keys(callers) },
  { policy: { kind: 'force' }, admits: ['force', 'person of the force'] },
  { policy: { kind: 'force', systemsOnly: true }, admits: ['force'] },
  { policy: { kind: 'staff', roles: STAFF_ROLES }, admits: STAFF_ROLES },
  { policy: { kind: 'staff', roles: ['supervisor'] }, admits: ['supervisor'] },
  {
    policy: { kind: 'staff', roles: ['caseworker', 'decision-maker'] },
    admits: ['caseworker', 'decision-maker'],
  },
];

describe('a route’s policy', () => {
  const rows = TABLE.flatMap(({ policy, admits }) =>
    Object.entries(callers).map(([name, caller]) => ({
      policy,
      name,
      caller,
      allowed: admits.includes(name),
      shown: JSON.stringify(policy),
    })),
  );

  it.each(rows)('$shown: $name → $allowed', ({ policy, caller, allowed }) => {
    const attempt = (): void => admit(policy, caller, 'fleet');
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  });

  it('is declared once, on the handler', () => {
    class Routes {
      @StaffRoute()
      read(): void {}
    }
    expect(policyOf(Reflect.get(Routes.prototype, 'read') as object)).toEqual({
      kind: 'staff',
      roles: STAFF_ROLES,
    });
    class OfSystems {
      @ForceSystemRoute()
      upload(): void {}
    }
    expect(policyOf(Reflect.get(OfSystems.prototype, 'upload') as object)).toEqual({
      kind: 'force',
      systemsOnly: true,
    });
    expect(() => {
      class Twice {
        @ForceRoute()
        @OpenRoute()
        both(): void {}
      }
      return Twice;
    }).toThrow('Twice.both has two route policies');
  });
});
