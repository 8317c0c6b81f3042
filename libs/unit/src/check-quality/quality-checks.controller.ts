import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CivilDate, OneOf, PayloadCheck, Refusal, Text, Whole } from '#contracts';
import { isUuid } from '#kernel';
import {
  answerSchema,
  Caller,
  COUNT,
  Described,
  json,
  listOf,
  MOMENT,
  named,
  orNull,
  StaffRoute,
  TEXT,
  UUID,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { LISTS } from './quality-checks.sql.ts';
import {
  DRAW_MAX,
  drawChecks,
  listChecks,
  OUTCOMES,
  PERIOD_DAYS_MAX,
  recordOutcome,
  unknownCheck,
  type ChecksView,
  type Outcome,
  type QualityCheck,
} from './quality-checks.ts';

class Draw {
  @Whole({ min: 1, max: DRAW_MAX }) count!: number;
  @CivilDate({ help: 'The first day in London on which they were decided' }) from!: string;
  @CivilDate({ help: `The last day, at most ${PERIOD_DAYS_MAX} days in all` }) to!: string;
  @Text({ max: 60, optional: true, help: 'Only requests of this type' }) type?: string;
  @Text({ max: 60, optional: true, help: 'Only requests of this force' }) force?: string;
}
const draw = new PayloadCheck(Draw);
const DRAW_EXAMPLE: Draw = { count: 10, from: '2026-02-01', to: '2026-02-28' };

class Found {
  @OneOf(OUTCOMES) outcome!: Outcome;
  @Text({ max: 2_000, optional: true, help: 'Required unless the outcome is `sound`' }) remark?: string;
}
const found = new PayloadCheck(Found);
const FOUND_EXAMPLE: Found = {
  outcome: 'sound-with-remarks',
  remark: 'The answer is right. The force could have been told a day earlier.',
};

export const QUALITY_CHECK_SCHEMA = answerSchema<QualityCheck>({
  id: UUID,
  request: named('QueueItem'),
  drawnBy: TEXT,
  drawnAt: MOMENT,
  outcome: orNull({ type: 'string', enum: OUTCOMES, description: 'Null until it is recorded' }),
  remark: orNull(TEXT),
  recordedBy: orNull(TEXT),
  recordedAt: orNull(MOMENT),
  mayRecord: { type: 'boolean', description: 'True if you may record the outcome' },
});

interface DrawnView {
  readonly items: readonly QualityCheck[];
}
const CHECKS_SCHEMA = answerSchema<ChecksView>({
  items: listOf(named('QualityCheck')),
  counts: {
    type: 'object',
    description: 'All checks of the forces that you may see, by outcome',
    properties: Object.fromEntries(['open', ...OUTCOMES].map((outcome) => [outcome, COUNT])),
    required: ['open', ...OUTCOMES],
  },
  more: { type: 'boolean', description: 'True if there are more than these' },
});

const LIMIT_MAX = 100;

/** Samples of decided requests, at which a supervisor looks afterwards. */
@Controller('v1/quality-checks')
export class QualityChecksController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Post()
  @StaffRoute('supervisor')
  @Described({
    id: 'drawChecks',
    summary: 'Draw decided requests at random',
    details:
      'Draws from the requests that were answered or declined in the period. A request is drawn once, and never by a person who decided it, so there may be fewer than you ask for.',
    body: json(draw.schema, DRAW_EXAMPLE),
    answers: {
      201: {
        means: 'The requests that were drawn',
        content: json(answerSchema<DrawnView>({ items: listOf(named('QualityCheck')) })),
      },
    },
  })
  async draw(@Caller() caller: StaffCaller, @Body() body: unknown): Promise<DrawnView> {
    refuseFaults(draw, body);
    return { items: await drawChecks(this.unit, caller, body as Draw) };
  }

  @Get()
  @StaffRoute('supervisor', 'auditor')
  @Described({
    id: 'listChecks',
    summary: 'List quality checks, with their numbers by outcome',
    details:
      'Each law-enforcement record with a remark in the answer is logged as consulted, because a remark says what is in the record.',
    query: {
      list: {
        help: '`open`: without an outcome, the oldest first. `mine`: drawn by you. `recorded`: with an outcome, the newest first',
        schema: { type: 'string', enum: LISTS, default: 'open' },
      },
      limit: {
        help: 'The largest number of checks in the answer',
        schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_MAX },
      },
    },
    answers: { 200: { means: 'The checks', content: json(CHECKS_SCHEMA) } },
  })
  list(
    @Caller() caller: StaffCaller,
    @Query() query: Readonly<Record<string, string | undefined>>,
  ): Promise<ChecksView> {
    const { list: wanted = 'open', limit = String(LIMIT_MAX) } = query;
    const list = LISTS.find((one) => one === wanted);
    if (list === undefined) throw invalidQuery('list', `must be one of ${LISTS.join(', ')}`);
    if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LIMIT_MAX)
      throw invalidQuery('limit', `must be a whole number from 1 to ${LIMIT_MAX}`);
    return listChecks(this.unit, caller, { list, limit: Number(limit) });
  }

  @Post(':id')
  @HttpCode(200)
  @StaffRoute('supervisor')
  @Described({
    id: 'recordOutcome',
    summary: 'Record the outcome of a quality check, once',
    details: 'A law-enforcement record is logged as consulted.',
    path: { id: { help: 'The id of a check', schema: UUID } },
    body: json(found.schema, FOUND_EXAMPLE),
    answers: { 200: { means: 'The check', content: json(named('QualityCheck')) } },
    problems: ['not-found', 'not-in-this-state'],
  })
  record(
    @Caller() caller: StaffCaller,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<QualityCheck> {
    if (!isUuid(id.toLowerCase())) throw unknownCheck();
    refuseFaults(found, body);
    return recordOutcome(this.unit, caller, id.toLowerCase(), body as Found);
  }
}

function refuseFaults(check: PayloadCheck, body: unknown): void {
  const errors = check.faults(body, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', 'The body is not valid; see errors.', { errors });
}

function invalidQuery(name: string, says: string): Refusal {
  const errors = [{ pointer: `/${name}`, code: 'invalid-query', detail: `${name} ${says}` }];
  return new Refusal('invalid-request', 'The query is not valid; see errors.', { errors });
}
