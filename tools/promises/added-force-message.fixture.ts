import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const TABLE = join(ROOT, 'libs/contracts/src/force-messages.ts');
export const HANDLERS = join(ROOT, 'libs/unit/src/arrive/receive-from-force.ts');

/** The classes of a new message: what a force sends, and what intake forwards. */
const CLASSES = `
export class Thanks {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ max: 4000, personal: true, example: 'The keys were ready.' }) message!: string;
}
export class ThanksGiven {
  @Text({ ...AN_ID }) requestId!: string;
  @Text({ ...AN_ID }) changeId!: string;
  @Text({ max: 4000, personal: true, relayed: true }) message!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 120 }) requestedBy!: string;
}
`;
const ENTRY = `
  thank: {
    received: { type: 'concordat.thank-unit.v1', body: Thanks },
    forwarded: { type: 'concordat.thanks-given.v1', body: ThanksGiven },
    command: 'inform',
    isChange: true,
    path: 'thanks',
    operation: 'thankUnit',
    summary: 'Thank the unit',
    details: 'The people who work on the request read it.',
    example: { message: 'The keys were ready.' },
    problems: [],
  },`;
const HANDLER = '\n  thank: takeInformation,';

/** The table of force messages with one entry more. */
export function tableWithThanks(): string {
  const table = readFileSync(TABLE, 'utf8');
  return after(
    before(table, 'export interface ForceMessageDeclaration', CLASSES),
    'FORCE_MESSAGES = {',
    ENTRY,
  );
}

/** The handlers of a unit with the one of that entry. */
export function handlersWithThanks(): string {
  return after(readFileSync(HANDLERS, 'utf8'), 'const HANDLERS = {', HANDLER);
}

function after(text: string, place: string, added: string): string {
  return text.replace(found(text, place), `${place}${added}`);
}

function before(text: string, place: string, added: string): string {
  return text.replace(found(text, place), `${added}${place}`);
}

function found(text: string, place: string): string {
  if (!text.includes(place)) throw new Error(`There is no "${place}" to add a force message at.`);
  return place;
}
