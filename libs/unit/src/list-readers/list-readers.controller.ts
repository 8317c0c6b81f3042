import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { AccessOperation } from '#persistence';
import {
  answerSchema,
  Caller,
  Described,
  json,
  listOf,
  MOMENT,
  orNull,
  StaffRoute,
  TEXT,
  type StaffCaller,
} from '#web';
import { REFERENCE } from '../change-request/command-descriptions.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { listReaders, type ReadersView, type ReaderView } from './list-readers.ts';

const OPERATIONS: readonly AccessOperation[] = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
];

const READERS_SCHEMA = answerSchema<ReadersView>({
  logged: {
    type: 'boolean',
    description: 'False if the type is not law-enforcement processing: then readings are not logged',
  },
  items: listOf(
    answerSchema<ReaderView>({
      person: TEXT,
      name: orNull({ ...TEXT, description: 'Null for the system of a force' }),
      at: MOMENT,
      operation: { type: 'string', enum: OPERATIONS },
    }),
  ),
});

const EXAMPLE: ReadersView = {
  logged: true,
  items: [
    {
      person: 'crime-recording.caseworker',
      name: 'Crime recording caseworker',
      at: '2026-03-02T09:31:00.000Z',
      operation: 'consultation',
    },
    { person: 'force-bedfordshire', name: null, at: '2026-03-02T09:30:00.000Z', operation: 'collection' },
  ],
};

/** GET /v1/requests/{id or short reference}/readers lists the people who accessed a request. */
@Controller('v1/requests')
export class ListReadersController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get(':reference/readers')
  @StaffRoute()
  @Described({
    id: 'listReaders',
    summary: 'List the people who read or changed a request, newest first',
    details:
      'The newest 200 entries of the access log that the Data Protection Act 2018, section 62, demands.',
    path: REFERENCE,
    answers: { 200: { means: 'The accesses', content: json(READERS_SCHEMA, EXAMPLE) } },
    problems: ['not-found'],
  })
  read(@Caller() caller: StaffCaller, @Param('reference') reference: string): Promise<ReadersView> {
    return listReaders(this.unit, caller, reference);
  }
}
