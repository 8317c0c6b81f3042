import { nearestName } from '#kernel';
import { INTAKE_BOUNDS, Refusal, type FieldError, type ProblemDetails, type Schema } from '#contracts';

/** A column of a CSV body and the path of its value: `payload.fault` → `['payload', 'fault']`. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
}

const COLUMNS_MAX = 200;
const FIELDS = ['reference', 'type', 'version', 'origin'];
/** These names would reach into the prototype of every object. */
const NEVER_FIELDS = ['__proto__', 'constructor', 'prototype'];
const SEPARATED_OTHERWISE = /[;\t]/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/**
 * Reads the header. `fields` are those of the payload, if the type is given beside the body. Throws a Refusal
 * that names every wrong column, because the header concerns the whole body.
 */
export function readHeader(
  cells: readonly string[],
  typeIsGiven: boolean,
  fields: readonly string[] = [],
): readonly Column[] {
  if (cells.length === 1 && SEPARATED_OTHERWISE.test(cells[0] as string))
    throw useCommas((cells[0] as string).includes('\t'));
  const columns = cells.map((cell) => ({ name: cell.trim(), path: cell.trim().split('.') }));
  const names = columns.map(({ name }) => name);
  const faults = columns.slice(0, COLUMNS_MAX).flatMap((column, place) => {
    const detail = faultOf(column, names.slice(0, place), fields);
    return detail === null
      ? []
      : [{ pointer: '', code: 'column', detail, column: column.name.slice(0, 100) }];
  });
  if (columns.length > COLUMNS_MAX)
    faults.push({ pointer: '', code: 'column', detail: `the limit is ${COLUMNS_MAX} columns`, column: '' });
  if (!names.includes('reference'))
    faults.push({ pointer: '', code: 'column', detail: 'is missing', column: 'reference' });
  if (typeIsGiven === names.includes('type')) {
    const detail = typeIsGiven ? 'is already given by ?type=' : 'is missing, and there is no ?type=';
    faults.push({ pointer: '', code: 'column', detail, column: 'type' });
  }
  if (faults.length === 0) return columns;
  throw new Refusal(
    'invalid-request',
    'The CSV header is not valid. Allowed columns are reference, type, version, origin, and payload. followed by the name of a field.',
    {
      errors: faults.slice(0, 50),
    },
  );
}

/** Spreadsheets of many countries write semicolons, and copied cells have tabs. */
function useCommas(tabs: boolean): Refusal {
  const detail = `The columns are separated by ${tabs ? 'tabs' : 'semicolons'}: use commas. In a spreadsheet, save the file as CSV with commas between the columns.`;
  return new Refusal('invalid-request', detail, {
    errors: [{ pointer: '', code: 'column', detail: 'use commas between the columns' }],
  });
}

function faultOf(
  { name, path }: Column,
  before: readonly string[],
  fieldsOfPayload: readonly string[],
): string | null {
  const [root = '', ...fields] = path;
  const isField = fields.length === 0 && FIELDS.includes(root);
  const isPayload =
    root === 'payload' &&
    fields.length > 0 &&
    fields.length < INTAKE_BOUNDS.depthMax - 1 &&
    !fields.includes('');
  if (!isField && !isPayload) {
    const known = [
      ...FIELDS,
      ...fieldsOfPayload.map((field) => ({ name: `payload.${field}`, alias: field })),
    ];
    const near = nearestName(name, known);
    return near === undefined
      ? 'is not a column of a submission'
      : `is not a column of a submission; did you mean ${near}?`;
  }
  if (path.some((part) => NEVER_FIELDS.includes(part))) return 'is not the name of a field';
  const overlaps = before.some(
    (other) => other === name || other.startsWith(`${name}.`) || name.startsWith(`${other}.`),
  );
  return overlaps ? 'gives a value that another column also gives' : null;
}

/**
 * Returns the submission of one record. An empty cell is a field that was left out. `schemaOf` gives the kind
 * of each field; a cell of another kind stays text, and the check of the payload then refuses it with its
 * pointer.
 */
export function submissionOf(
  cells: readonly string[],
  columns: readonly Column[],
  type: string | null,
  schemaOf: (type: unknown, version: unknown) => Schema | undefined,
): Record<string, unknown> {
  const body: Record<string, unknown> = { ...(type !== null && { type }), payload: {} };
  const cellsOfPayload: [Column, string][] = [];
  columns.forEach((column, place) => {
    const cell = cells[place] as string;
    if (cell === '') return;
    if (column.path.length > 1) cellsOfPayload.push([column, cell]);
    else body[column.name] = column.name === 'version' ? typed(cell, { type: 'integer' }) : cell;
  });
  const schema = schemaOf(body['type'], body['version']);
  for (const [{ path }, cell] of cellsOfPayload) put(body, path, typed(cell, fieldAt(schema, path.slice(1))));
  return body;
}

function put(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = body;
  for (const part of path.slice(0, -1)) {
    if (!Object.hasOwn(at, part)) at[part] = {};
    at = at[part] as Record<string, unknown>;
  }
  at[path.at(-1) as string] = value;
}

function fieldAt(schema: Schema | undefined, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, part) => {
    const fields = at?.['properties'] as Record<string, Schema> | undefined;
    return fields && Object.hasOwn(fields, part) ? fields[part] : undefined;
  }, schema);
}

function typed(cell: string, schema: Schema | undefined): unknown {
  switch (schema?.['type']) {
    case 'integer':
    case 'number':
      return NUMBER.test(cell) ? Number(cell) : cell;
    case 'boolean':
      // Spreadsheets write TRUE and FALSE in capitals.
      return BOOLEANS.get(cell.toLowerCase()) ?? cell;
    case 'array':
      return cell.split(';').map((item) => typed(item.trim(), schema['items'] as Schema));
    default:
      return cell;
  }
}

/** Adds to each fault of a submission the column of its field. */
export function locatedInColumns(problem: ProblemDetails, columns: readonly Column[]): ProblemDetails {
  if (problem.errors === undefined) return problem;
  return {
    ...problem,
    errors: problem.errors.map((fault): FieldError => ({
      ...fault,
      ...{ column: columnOf(fault, columns) },
    })),
  };
}

function columnOf({ pointer }: FieldError, columns: readonly Column[]): string {
  const at = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const own = columns.find(({ path }) => path.every((part, place) => part === at[place]));
  return own?.name ?? at.join('.');
}
