import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A role of a person at one unit, with the forces whose records the person may see there. */
export interface RoleAtUnit {
  readonly unit: string;
  readonly role: string;
  readonly forces: readonly string[];
}

/** A person of the demonstration: one entry of people.json. The name is a post, so it names nobody. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  /** One role at each unit for which the person works. */
  readonly roles: readonly RoleAtUnit[];
  /** The force of a force's own person, who has no role at a unit. */
  readonly force?: string;
  /** A person who runs the system and has no role at a unit. */
  readonly operations?: true;
}

export const PEOPLE_FILE = 'people.json';
export const INTAKE_RESOURCE = 'urn:concordat:intake';
export const resourceOfUnit = (unit: string): string => `urn:concordat:${unit}`;

/** The posts of a unit that also have a client of their own, for programs that play staff. */
export const STAFF_POSTS = [
  { suffix: 'caseworker', role: 'caseworker', title: 'caseworker 1' },
  { suffix: 'caseworker-2', role: 'caseworker', title: 'caseworker 2' },
  { suffix: 'supervisor', role: 'supervisor', title: 'supervisor' },
  { suffix: 'decision-maker', role: 'decision-maker', title: 'decision-maker' },
  { suffix: 'auditor', role: 'auditor', title: 'auditor' },
] as const;
/**
 * The caseworkers that the simulator plays. They are nobody's sign-in at the desk, so that no visitor's
 * request is answered by them.
 */
export const SIMULATED_POSTS = [
  { suffix: 'simulated-1', role: 'caseworker', title: 'simulated caseworker 1' },
  { suffix: 'simulated-2', role: 'caseworker', title: 'simulated caseworker 2' },
] as const;
const POSTS = [...STAFF_POSTS, { suffix: 'administrator', role: 'administrator', title: 'administrator' }];

/** Lists the people of the demonstration. A person with a post has the subject of that post's client. */
export function developmentPeople(forces: readonly string[], units: readonly string[]): readonly Person[] {
  const at = (unit: string, role: string): RoleAtUnit => ({ unit, role, forces });
  return [
    ...peopleOfSeveralUnits(units, at),
    ...personOfOneForce(forces, units),
    ...units.flatMap((unit) =>
      POSTS.map(({ suffix, role, title }) => ({
        subject: `${unit}.${suffix}`,
        name: postName(unit, title),
        roles: [at(unit, role)],
      })),
    ),
    ...forces.map((force) => ({
      subject: `${force}.person`,
      name: postName(force, 'person'),
      roles: [],
      force,
    })),
    { subject: 'operations', name: 'Operations', roles: [], operations: true },
  ];
}

/** A caseworker who may see the records of one force only, unlike the others of the demonstration. */
function personOfOneForce([force]: readonly string[], [unit]: readonly string[]): readonly Person[] {
  if (force === undefined || unit === undefined) return [];
  const name = postName(unit, `caseworker for ${sentence(inWords(force))}`);
  return [{ subject: `${unit}.one-force`, name, roles: [{ unit, role: 'caseworker', forces: [force] }] }];
}

function peopleOfSeveralUnits(
  units: readonly string[],
  at: (unit: string, role: string) => RoleAtUnit,
): readonly Person[] {
  const [first, second] = units;
  if (first === undefined || second === undefined) return [];
  const both = `${first}-and-${second}`;
  return [
    {
      subject: `${both}.caseworker`,
      name: postName(both, 'caseworker'),
      roles: [at(first, 'caseworker'), at(second, 'caseworker')],
    },
    {
      subject: `${both}.two-roles`,
      name: `${postName(first, 'decision-maker')} and ${inWords(second)} caseworker`,
      roles: [at(first, 'decision-maker'), at(second, 'caseworker')],
    },
    {
      subject: 'every-unit.supervisor',
      name: 'Supervisor of every unit',
      roles: units.map((unit) => at(unit, 'supervisor')),
    },
    {
      subject: 'every-unit.auditor',
      name: 'Auditor of every unit',
      roles: units.map((unit) => at(unit, 'auditor')),
    },
  ];
}

/** Reads people.json from the directory of clients.json. There are no people without it. */
export async function peopleIn(directory: string): Promise<ReadonlyMap<string, Person>> {
  const file = join(directory, PEOPLE_FILE);
  const people = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Person[]) : [];
  return new Map(people.map((person) => [person.subject, person]));
}

/**
 * Returns the claims of a person's access token for one resource; undefined if the person may do nothing
 * there.
 */
export function claimsAt(
  { name, roles, force }: Person,
  resource: string,
): Readonly<Record<string, unknown>> | undefined {
  if (resource === INTAKE_RESOURCE) return force === undefined ? undefined : { force, name };
  const there = roles.find(({ unit }) => resourceOfUnit(unit) === resource);
  return there && { unit: there.unit, role: there.role, name, forces: there.forces };
}

/** Returns the claims of a person's ID token. They say at which units it is worth asking for a token. */
export function identityClaims({ subject, name, roles, force, operations }: Person) {
  return {
    sub: subject,
    name,
    units: roles.map(({ unit }) => unit),
    ...(force !== undefined && { force }),
    ...(operations !== undefined && { operations }),
  };
}

/** Makes the name of a post, such as "Fleet caseworker 1". */
export function postName(place: string, title: string): string {
  return sentence(`${inWords(place)} ${title}`);
}

export const inWords = (slug: string): string => slug.replaceAll('-', ' ');
export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
