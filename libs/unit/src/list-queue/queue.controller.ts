import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Schema } from '#contracts';
import { STATES, URGENCIES } from '#requests';
import {
  answerSchema,
  Caller,
  COUNT,
  Cursors,
  Described,
  json,
  listOf,
  named,
  StaffRoute,
  TEXT,
  type StaffCaller,
} from '#web';
import { LISTED_FIELDS, type ListedTask } from '../task-view.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { listQueue, type QueuePage } from './list-queue.ts';
import {
  isArrivalPlace,
  isFinishedPlace,
  isQueuePlace,
  QUEUE_PARAMETERS,
  readQueueQuery,
  type Place,
  type QueueSort,
} from './queue-query.ts';

/** A page of the queue over HTTP, where places are sealed cursors. */
interface QueueView extends Omit<QueuePage, 'next' | 'groups'> {
  readonly groups: readonly {
    readonly name: QueuePage['groups'][number]['name'];
    readonly items: readonly QueueItemView[];
  }[];
  readonly next?: string;
}

interface QueueItemView extends ListedTask {
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly cursor?: string;
}

export const QUEUE_ITEM_SCHEMA = answerSchema<QueueItemView>(
  {
    ...LISTED_FIELDS,
    answer: {
      type: 'object',
      additionalProperties: {},
      description:
        'The newest answer; only with `sort=finished`, and not of a law-enforcement record, because reading that is logged',
    },
    cursor: { ...TEXT, description: 'Continues after this item; only if the query has `places=true`' },
  },
  ['answer', 'cursor'],
);

/** A number for each word. */
const countsOf = (words: readonly string[], description: string): Schema => ({
  type: 'object',
  description,
  properties: Object.fromEntries(words.map((word) => [word, COUNT])),
  required: words,
});

export const QUEUE_SCHEMA = answerSchema<QueueView>(
  {
    groups: listOf({
      type: 'object',
      description: 'Most urgent first; a group without items on this page is left out',
      properties: {
        name: { type: 'string', enum: [...URGENCIES, 'finished'] },
        items: listOf(named('QueueItem')),
      },
      required: ['name', 'items'],
    }),
    counts: countsOf(URGENCIES, 'The open requests of the force and type, by urgency'),
    countsByState: countsOf(STATES, 'The requests of the force and type, by state'),
    filtered: countsOf(URGENCIES, 'The open requests under the whole filter except `group`, by urgency'),
    mine: { ...COUNT, description: 'The open requests that are assigned to the caller' },
    next: { ...TEXT, description: 'The cursor of the next page; absent on the last page' },
  },
  ['next'],
);

/** GET /v1/queue lists the requests of all forces of the caller, in the order of work or of arrival. */
@Controller('v1/queue')
export class QueueController {
  constructor(
    @Inject(UnitRuntime) private readonly unit: UnitRuntime,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'listQueue',
    summary: 'List the queue',
    details:
      'The requests of all forces that you may see, in the order of work: earliest due first, then higher risk, then earlier arrival.',
    query: QUEUE_PARAMETERS,
    answers: { 200: { means: 'A page of the queue, and its numbers', content: json(named('Queue')) } },
    problems: ['invalid-cursor'],
  })
  async list(@Caller() caller: StaffCaller, @Query() query: Record<string, unknown>): Promise<QueueView> {
    const { cursor, ...wanted } = readQueueQuery(query);
    const scope = { list: LISTS[wanted.sort], caller };
    const after =
      cursor === undefined ? undefined : this.cursors.open<Place>(scope, cursor, PLACES[wanted.sort]);
    const { next, groups, ...page } = await listQueue(this.unit, caller, { ...wanted, after });
    return {
      ...page,
      groups: groups.map(({ name, items }) => ({
        name,
        items: items.map(({ place, ...item }) => ({
          ...item,
          ...(place && { cursor: this.cursors.seal(scope, place) }),
        })),
      })),
      ...(next && { next: this.cursors.seal(scope, next) }),
    };
  }
}

/** A cursor belongs to one order: a place in another order would continue somewhere else. */
const LISTS: Readonly<Record<QueueSort, string>> = {
  due: 'queue',
  oldest: 'queue-oldest',
  newest: 'queue-newest',
  finished: 'queue-finished',
};

const PLACES: Readonly<Record<QueueSort, (value: unknown) => value is Place>> = {
  due: isQueuePlace,
  oldest: isArrivalPlace,
  newest: isArrivalPlace,
  finished: isFinishedPlace,
};
