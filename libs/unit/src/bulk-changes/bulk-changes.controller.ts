import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { JsonObject, Nested, OneOf, PayloadCheck, Refusal, Text, TextList } from '#contracts';
import { isUuid } from '#kernel';
import { STATES, URGENCIES, type State, type Urgency } from '#requests';
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
  type DescribedParameter,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { BulkWorker } from './bulk-worker.ts';
import {
  BULK_COMMANDS,
  BULK_MAX,
  BULK_STATES,
  listBulkItems,
  listBulks,
  NAMED_MAX,
  prepareBulk,
  readBulk,
  startBulk,
  stopBulk,
  type BulkCommand,
  type BulkItemView,
  type BulkView,
} from './bulk-changes.ts';

class Filter {
  @OneOf(URGENCIES, { optional: true }) group?: Urgency;
  @OneOf(STATES, { optional: true, help: 'Open requests if left out' }) state?: State;
  @Text({ max: 120, optional: true, help: '`me`, `none` or a person' }) assignee?: string;
  @Text({ max: 60, optional: true }) type?: string;
  @Text({ max: 60, optional: true }) force?: string;
}
class PrepareBulk {
  @OneOf(BULK_COMMANDS) command!: BulkCommand;
  @JsonObject({ optional: true, help: 'The same body that the command for one request takes' }) body?: Record<
    string,
    unknown
  >;
  @Nested(() => Filter, { optional: true, help: 'The same filter as that of the queue' }) filter?: Filter;
  @TextList({
    max: NAMED_MAX,
    min: 1,
    maxLength: 60,
    optional: true,
    help: 'Single requests by id or short reference, instead of a filter',
  })
  requests?: string[];
}
const prepare = new PayloadCheck(PrepareBulk);

const EXAMPLE: PrepareBulk = {
  command: 'assign',
  body: { assignee: 'fleet.caseworker' },
  filter: { assignee: 'none', type: 'vehicle-repair' },
};

export const BULK_SCHEMA = answerSchema<BulkView>({
  id: UUID,
  command: { type: 'string', enum: BULK_COMMANDS },
  filter: { type: 'object', additionalProperties: {} },
  state: {
    type: 'string',
    enum: BULK_STATES,
    description: '`prepared`: nothing has changed yet. `stopped`: what was done before stays done',
  },
  total: COUNT,
  done: COUNT,
  refused: COUNT,
  preparedAt: MOMENT,
  startedAt: orNull(MOMENT),
  finishedAt: orNull(MOMENT),
});

interface BulksView {
  readonly items: readonly BulkView[];
}
interface ItemsView {
  readonly items: readonly BulkItemView[];
  readonly next?: number;
}
const ITEMS_SCHEMA = answerSchema<ItemsView>(
  {
    items: listOf(
      answerSchema<BulkItemView>({
        place: { type: 'integer', minimum: 1 },
        reference: TEXT,
        force: TEXT,
        forceReference: TEXT,
        outcome: { type: 'string', enum: ['pending', 'done', 'refused'] },
        reason: orNull({ ...TEXT, description: 'The sentence with which the unit refused it' }),
      }),
    ),
    next: { type: 'integer', description: 'The `after` of the next page; absent on the last page' },
  },
  ['next'],
);

const ID: Readonly<Record<string, DescribedParameter>> = {
  id: { help: 'The id of a bulk change of yours', schema: UUID },
};
const PAGE_MAX = 500;

/**
 * Routes of changes that concern many requests. First the selection is prepared, so that the person sees what
 * would change; then it is started. Each request has a result of its own.
 */
@Controller('v1/bulk-changes')
export class BulkChangesController {
  constructor(
    @Inject(UnitRuntime) private readonly unit: UnitRuntime,
    @Inject(BulkWorker) private readonly worker: BulkWorker,
  ) {}

  @Post()
  @StaffRoute()
  @Described({
    id: 'prepareBulk',
    summary: 'Select many requests for one command',
    details: `Keeps the requests that match now, at most ${BULK_MAX}, each with its version. Nothing changes until you start it. The newest twenty bulk changes of each person are kept.`,
    body: json(prepare.schema, EXAMPLE),
    answers: { 201: { means: 'The prepared bulk change', content: json(named('BulkChange')) } },
    problems: ['not-found'],
  })
  prepare(@Caller() caller: StaffCaller, @Body() body: unknown): Promise<BulkView> {
    const errors = prepare.faults(body, '');
    if (errors.length > 0)
      throw new Refusal('invalid-request', 'The bulk change is not valid; see errors.', { errors });
    const { command, body: given, filter, requests } = body as PrepareBulk;
    return prepareBulk(this.unit, caller, { command, body: given, filter: filter ?? {}, requests });
  }

  @Get()
  @StaffRoute()
  @Described({
    id: 'listBulks',
    summary: 'List your bulk changes, newest first',
    answers: {
      200: {
        means: 'The newest twenty',
        content: json(answerSchema<BulksView>({ items: listOf(named('BulkChange')) })),
      },
    },
  })
  async list(@Caller() caller: StaffCaller): Promise<BulksView> {
    return { items: await listBulks(this.unit, caller) };
  }

  @Get(':id')
  @StaffRoute()
  @Described({
    id: 'readBulk',
    summary: 'Read how far a bulk change is',
    path: ID,
    answers: { 200: { means: 'The bulk change', content: json(named('BulkChange')) } },
    problems: ['not-found'],
  })
  read(@Caller() caller: StaffCaller, @Param('id') id: string): Promise<BulkView> {
    return readBulk(this.unit, caller, known(id));
  }

  @Get(':id/items')
  @StaffRoute()
  @Described({
    id: 'listBulkItems',
    summary: 'List the results of a bulk change',
    details: 'In the order of work. A refused request is as it was, and says why.',
    path: ID,
    query: {
      after: { help: '`next` of the page before', schema: { type: 'integer', minimum: 0, default: 0 } },
      outcome: { help: 'Only these', schema: { type: 'string', enum: ['done', 'refused'] } },
      limit: {
        help: 'The largest number of results on a page',
        schema: { type: 'integer', minimum: 1, maximum: PAGE_MAX, default: 100 },
      },
    },
    answers: { 200: { means: 'A page of results', content: json(ITEMS_SCHEMA) } },
    problems: ['not-found'],
  })
  items(
    @Caller() caller: StaffCaller,
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, string | undefined>>,
  ): Promise<ItemsView> {
    const { after = '0', outcome, limit = '100' } = query;
    const page = {
      after: whole('after', after, 0, BULK_MAX),
      limit: whole('limit', limit, 1, PAGE_MAX),
      ...(outcome !== undefined && { refused: outcome === 'refused' }),
    };
    if (outcome !== undefined && outcome !== 'done' && outcome !== 'refused')
      throw invalidQuery('outcome', 'must be done or refused');
    return listBulkItems(this.unit, caller, known(id), page);
  }

  @Post(':id/start')
  @HttpCode(200)
  @StaffRoute()
  @Described({
    id: 'startBulk',
    summary: 'Give the command to every selected request',
    details:
      'The requests are changed in turn while others work. A request that changed after the selection is refused. Starting again changes nothing.',
    path: ID,
    answers: { 200: { means: 'The bulk change', content: json(named('BulkChange')) } },
    problems: ['not-found'],
  })
  async start(@Caller() caller: StaffCaller, @Param('id') id: string): Promise<BulkView> {
    const bulk = await startBulk(this.unit, caller, known(id));
    this.worker.nudge();
    return bulk;
  }

  @Post(':id/stop')
  @HttpCode(200)
  @StaffRoute()
  @Described({
    id: 'stopBulk',
    summary: 'Stop a bulk change',
    details: 'The requests that were changed stay changed.',
    path: ID,
    answers: { 200: { means: 'The bulk change', content: json(named('BulkChange')) } },
    problems: ['not-found'],
  })
  stop(@Caller() caller: StaffCaller, @Param('id') id: string): Promise<BulkView> {
    return stopBulk(this.unit, caller, known(id));
  }
}

function known(id: string): string {
  if (isUuid(id.toLowerCase())) return id.toLowerCase();
  throw new Refusal('not-found', 'A bulk change has a UUID, and this is none.');
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
  throw invalidQuery(name, `must be a whole number from ${String(min)} to ${String(max)}`);
}

function invalidQuery(name: string, says: string): Refusal {
  const errors = [{ pointer: `/${name}`, code: 'invalid-query', detail: `${name} ${says}` }];
  return new Refusal('invalid-request', 'The query is not valid; see errors.', { errors });
}
