import { faultsByType } from './kept-records.ts';
import { PayloadCheck, type FieldError } from '#contracts';
import { isKebabCase, isVisible, SLUG_MAX, UNIT_SLUG_MAX } from '#kernel';
import { clockFaults, reopeningFaults } from '#requests';
import { subjectFaults } from './subject.ts';
import type { RequestType, UnitDefinition } from './unit-definition.ts';

/**
 * The functions that each force keeps for itself. 000: incident response and neighbourhood policing; 002: the
 * same two, and volume crime investigation and protecting vulnerable people.
 */
const NEVER_SHARED: Readonly<Record<string, string>> = {
  N1: 'incident response',
  N2: 'neighbourhood policing',
  N3: 'volume crime investigation',
  N4: 'protecting vulnerable people',
};

/**
 * Declares a unit and checks the declaration. Throws one error that names every fault, so that a faulty unit
 * is refused before anything starts.
 */
export function defineUnit(definition: UnitDefinition): UnitDefinition {
  const names = definition.requestTypes.map(({ name, version }) => `${name} version ${version}`);
  const faults = [
    ...identityFaults(definition),
    ...(names.length === 0 ? ['it has no request type: name at least one in requestTypes'] : []),
    ...repeated(names).map((name) => `two request types are called ${name}: a version is declared once`),
    ...definition.requestTypes.flatMap((type) =>
      typeFaults(type).map((fault) => `request type ${type.name} version ${type.version}: ${fault}`),
    ),
    ...repeated((definition.migrations ?? []).map(({ name }) => name)).map(
      (name) => `two record migrations are called ${name}`,
    ),
  ];
  if (faults.length > 0)
    throw new Error(
      `The unit "${definition.slug}" is refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  return definition;
}

/**
 * Declares one request type by its payload class, its answer class and everything that follows from them:
 * rules, clocks, risk, examples and records may name only the fields of these classes. Throws one error that
 * names every fault, at the line that declares the type.
 */
export function requestType<P extends object, A extends object>(
  payload: new () => P,
  answer: new () => A,
  declared: Omit<RequestType<NoInfer<P>, NoInfer<A>>, 'payload' | 'answer'>,
): RequestType {
  // This is the only cast. It is safe, because a type gets only payloads and answers that its classes
  // validated.
  const definition = { ...declared, payload, answer } as unknown as RequestType;
  const faults = typeFaults(definition);
  if (faults.length > 0) {
    throw new Error(
      `The request type "${definition.name}" is refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
  return definition;
}

function identityFaults({ slug, functionId, title, referencePrefix }: UnitDefinition): string[] {
  const kept = NEVER_SHARED[functionId];
  return [
    ...(isKebabCase(slug, UNIT_SLUG_MAX)
      ? []
      : [`its slug must be kebab-case and at most ${UNIT_SLUG_MAX} characters`]),
    ...(kept ? [`its function ${functionId}, ${kept}, is never shared: each force keeps it`] : []),
    ...(kept || /^F[1-9][0-9]{0,2}$/.test(functionId)
      ? []
      : [`its function "${functionId}" is not in the catalogue: write F1 to F21`]),
    ...(/^[A-Z]{3}$/.test(referencePrefix)
      ? []
      : [`its referencePrefix "${referencePrefix}" must be three capital letters`]),
    ...(!isVisible(title) ? ['it has no title'] : []),
  ];
}

function typeFaults(type: RequestType): string[] {
  return [
    ...(isKebabCase(type.name, SLUG_MAX)
      ? []
      : [`its name must be kebab-case and at most ${SLUG_MAX} characters`]),
    ...(Number.isInteger(type.version) && type.version >= 1 && type.version <= 99
      ? []
      : ['its version must be 1 to 99']),
    ...(!isVisible(type.title) ? ['it has no title'] : []),
    ...clockFaults(type.clocks),
    ...startFaults(type),
    ...reopeningFaults(type.reopening, type.clocks),
    ...(typeof type.risk === 'number' && !isRisk(type.risk) ? ['its risk must be 0 to 9'] : []),
    ...exampleFaults(type),
  ];
}

/** A clock may start from a field of the payload only if the payload has such a field. */
function startFaults({ clocks, payload }: RequestType): string[] {
  const fields = Object.keys(new PayloadCheck(payload).schema['properties'] as object);
  return clocks
    .filter(({ startsFrom }) => startsFrom !== undefined && !fields.includes(startsFrom))
    .map(
      ({ name, startsFrom }) =>
        `the clock ${name} starts from ${String(startsFrom)}, which is not a field of the payload`,
    );
}

function exampleFaults(type: RequestType): string[] {
  const { examples, payload, answer, rules, risk, clocks } = type;
  if (examples.length === 0)
    return ['it has no example: documentation, conformance tests and the simulator need one'];
  const payloadCheck = new PayloadCheck(payload);
  const answerCheck = new PayloadCheck(answer);
  return examples.flatMap((example, index) => {
    const faults = [
      ...payloadCheck.faults(example.payload),
      ...answerCheck.faults(example.answer, '/answer'),
    ].map(sentence);
    if (faults.length === 0) {
      const broken = (rules ?? []).filter((rule) => !rule.holds(example.payload));
      faults.push(...broken.map((rule) => `breaks the rule ${rule.code}`));
      faults.push(...subjectFaults(type, payloadCheck, example.payload));
      faults.push(...faultsByType(type, example.answer, example.payload).map(sentence));
      if (typeof risk === 'function' && !isRisk(risk(example.payload)))
        faults.push('has a risk that is not 0 to 9');
      const running = clocks.some(
        ({ amount }) => (typeof amount === 'number' ? amount : amount(example.payload)) !== null,
      );
      if (!running) faults.push('starts no clock');
    }
    return faults.map((fault) => `example ${index + 1} ${fault}`);
  });
}

function sentence({ pointer, detail }: FieldError): string {
  return `is not valid at ${pointer}: ${detail}`;
}

function isRisk(risk: number): boolean {
  return Number.isInteger(risk) && risk >= 0 && risk <= 9;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
