import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Refusal, type FieldError } from '#contracts';
import { STATES } from '#requests';
import {
  answerSchema,
  Caller,
  Cursors,
  Described,
  json,
  listOf,
  orNull,
  StaffRoute,
  TEXT,
  UUID,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { listChanges, type ChangedView, type ChangePlace } from './list-changes.ts';

interface ChangesView {
  readonly items: readonly ChangedView[];
  readonly next: string;
}

const CHANGES_SCHEMA = answerSchema<ChangesView>({
  items: listOf(
    answerSchema<ChangedView>({
      id: UUID,
      unitReference: TEXT,
      force: TEXT,
      version: { type: 'integer', minimum: 1 },
      state: { type: 'string', enum: STATES },
      assignee: orNull(TEXT),
    }),
  ),
  next: { ...TEXT, description: 'The cursor for the next call' },
});

const EXAMPLE: ChangesView = {
  items: [
    {
      id: '01998a3c-6f0e-7c41-9a53-2f1d7f5f0a11',
      unitReference: 'FLT-26-000123',
      force: 'bedfordshire',
      version: 2,
      state: 'claimed',
      assignee: 'fleet.caseworker',
    },
  ],
  next: 'AQIDBAUGBwg',
};

const LIMIT_DEFAULT = 200;
const LIMIT_MAX = 500;

/** GET /v1/changes lists the requests that changed since a cursor. Programs may ask every two seconds. */
@Controller('v1/changes')
export class ListChangesController {
  constructor(
    @Inject(UnitRuntime) private readonly unit: UnitRuntime,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'listChanges',
    summary: 'List the requests that changed since your last call',
    details:
      'Call it first without `after`: the answer has no items and the present cursor. Then call it every few seconds with the `next` of the last answer. ' +
      'Each item is the request as it is now. A request that was finished is listed too, with its final state. A request may be listed again without a new version.',
    query: {
      after: { help: 'The `next` of the last answer', schema: TEXT },
      limit: {
        help: 'The largest number of events to read',
        schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT },
      },
    },
    answers: { 200: { means: 'The changed requests', content: json(CHANGES_SCHEMA, EXAMPLE) } },
    problems: ['invalid-cursor'],
  })
  async list(
    @Caller() caller: StaffCaller,
    @Query('after') after: string | undefined,
    @Query('limit') limit: string | undefined,
  ): Promise<ChangesView> {
    const scope = { list: 'changes', caller };
    const page = await listChanges(this.unit, caller, {
      after: after === undefined ? undefined : this.cursors.open(scope, after, isChangePlace),
      limit: limitOf(limit),
    });
    return { items: page.items, next: this.cursors.seal(scope, page.next) };
  }
}

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? LIMIT_DEFAULT : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  const detail = `limit must be a whole number from 1 to ${LIMIT_MAX}`;
  const errors: FieldError[] = [{ pointer: '/limit', code: 'invalid-query', detail }];
  throw new Refusal('invalid-request', 'The query is not valid; see errors.', { errors });
}

function isChangePlace(value: unknown): value is ChangePlace {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((part) => typeof part === 'string' && /^\d{1,18}$/.test(part))
  );
}
