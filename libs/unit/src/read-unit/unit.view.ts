import { type Schema } from '#contracts';
import { milestonesOf, type DecisionMode } from '#requests';
import { answerSchema, listOf, STAFF_ROLES, TEXT, type StaffCaller, type StaffRole } from '#web';
import type { NamedPerson } from '../members/member-names.ts';
import { newestTypes } from '../newest-types.ts';
import { publishedSchema, staffAnswerSchema } from '../published-schema.ts';
import { inWords } from '../subject.ts';
import type { RequestType } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';

/** A clock or a milestone of a type, with the words to show for it. */
export interface TitledName {
  readonly name: string;
  readonly title: string;
}

/** One version of a request type, as the staff of its unit work with it. */
export interface TypeView {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly decision: DecisionMode;
  readonly lawEnforcement: boolean;
  readonly payload: Schema;
  /** The schema of what staff give. It is closed: a field that is not in it is refused. */
  readonly answer: Schema;
  readonly milestones: readonly TitledName[];
  readonly clocks: readonly TitledName[];
  /** True for the newest version of its type. */
  readonly newest: boolean;
}

/** The facts about a unit that a program for staff needs before it shows a request. */
export interface UnitView {
  readonly slug: string;
  readonly title: string;
  readonly functionId: string;
  readonly referencePrefix: string;
  readonly me: { readonly person: string; readonly name: string; readonly role: StaffRole };
  /** The forces that the unit serves and the caller may see. */
  readonly forces: readonly { readonly slug: string; readonly name: string }[];
  /**
   * The people who work here for one of these forces, by name. A request names people by their identifier.
   */
  readonly people: readonly NamedPerson[];
  /** Every declared version, in the order of the declaration. */
  readonly types: readonly TypeView[];
}

const TITLED = answerSchema<TitledName>({ name: TEXT, title: TEXT });
const JSON_SCHEMA: Schema = { type: 'object', description: 'A JSON Schema 2020-12' };

const TYPE = answerSchema<TypeView>({
  name: TEXT,
  version: { type: 'integer', minimum: 1 },
  title: TEXT,
  decision: {
    type: 'string',
    enum: ['one-person', 'second-person', 'second-person-delegated'] satisfies DecisionMode[],
    description:
      '`one-person`: one person answers. `second-person`: another person confirms a proposed answer. `second-person-delegated`: that person also needs the delegation of the owning force',
  },
  lawEnforcement: {
    type: 'boolean',
    description: 'True if it is law-enforcement processing: each reading is then logged',
  },
  payload: { ...JSON_SCHEMA, description: 'A JSON Schema 2020-12 of what the force sends' },
  answer: { ...JSON_SCHEMA, description: 'A JSON Schema 2020-12 of the answer that staff give' },
  milestones: listOf(TITLED),
  clocks: listOf(TITLED),
  newest: { type: 'boolean', description: 'True for the newest version of its type' },
});

export const UNIT_SCHEMA = answerSchema<UnitView>({
  slug: TEXT,
  title: TEXT,
  functionId: { ...TEXT, description: 'The function in the catalogue, F1 to F21' },
  referencePrefix: { ...TEXT, description: 'The letters that begin every short reference of the unit' },
  me: {
    type: 'object',
    description: 'The caller, as the token names them',
    properties: { person: TEXT, name: TEXT, role: { type: 'string', enum: STAFF_ROLES } },
    required: ['person', 'name', 'role'],
  },
  forces: listOf({
    type: 'object',
    properties: { slug: TEXT, name: TEXT },
    required: ['slug', 'name'],
  }),
  people: {
    ...listOf(answerSchema<NamedPerson>({ person: TEXT, name: TEXT })),
    description: 'Who works here for one of these forces, by name; requests name people by `person`',
  },
  types: listOf(TYPE),
});

/** The unit for one caller. It names no force that the caller may not see. */
export function unitView(unit: UnitRuntime, caller: StaffCaller, people: readonly NamedPerson[]): UnitView {
  const { slug, title, functionId, referencePrefix, requestTypes } = unit.definition;
  const { person, name, role } = caller;
  const seen = unit.forcesOf(caller);
  const newest = newestTypes(requestTypes);
  return {
    slug,
    title,
    functionId,
    referencePrefix,
    me: { person, name, role },
    forces: unit.servedForces
      .filter((force) => seen.includes(force.slug))
      .map((force) => ({ slug: force.slug, name: force.name })),
    people,
    types: requestTypes.map((type) => typeView(type, newest.includes(type))),
  };
}

function typeView(type: RequestType, newest: boolean): TypeView {
  const { name, version, title, decision, lawEnforcement, clocks } = type;
  return {
    name,
    version,
    title,
    decision,
    lawEnforcement,
    payload: publishedSchema(type),
    answer: staffAnswerSchema(type),
    milestones: milestonesOf(clocks).map((milestone) => ({ name: milestone, title: inWords(milestone) })),
    clocks: clocks.map((clock) => ({ name: clock.name, title: clock.title })),
    newest,
  };
}
