import type { StaffAnswer, StaffSchemas } from '#client';

/** A line of a unit's queue. */
export type QueueItem = StaffSchemas['QueueItem'];
export type QueueAnswer = StaffAnswer<'listQueue'>;
export type RequestAnswer = StaffAnswer<'readRequest'>;
export type TimelineEntry = StaffSchemas['TimelineEntry'];
export type Note = StaffSchemas['Note'];
export type Correction = StaffSchemas['Correction'];
export type Member = StaffAnswer<'listMembers'>['items'][number];
export type Readers = StaffAnswer<'listReaders'>;
export type Bulk = StaffSchemas['BulkChange'];
export type BulkItem = StaffAnswer<'listBulkItems'>['items'][number];
export type TeamAnswer = StaffAnswer<'readTeam'>;
export type ChecksAnswer = StaffAnswer<'listChecks'>;
export type QualityCheck = StaffSchemas['QualityCheck'];
export type SearchAnswer = StaffAnswer<'searchRequests'>;
export type QueueChange = StaffAnswer<'listChanges'>['items'][number];
/** The parts of a refusal that a form shows. */
export type Problem = Pick<StaffSchemas['Problem'], 'status' | 'code' | 'title' | 'detail' | 'errors'>;

/** The parts of a JSON Schema from which forms and facts are made. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-correctable'?: string;
  readonly const?: unknown;
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  /** The rules over several fields. */
  readonly allOf?: readonly Schema[];
}

type Described = StaffAnswer<'readUnit'>;

/** A version of a request type. Its description says only that payload and answer are JSON Schemas. */
export type UnitType = Omit<Described['types'][number], 'payload' | 'answer'> & {
  readonly payload: Schema;
  readonly answer: Schema;
};

export type UnitAnswer = Omit<Described, 'types'> & { readonly types: readonly UnitType[] };
