import { Controller, Get, Inject, Query } from '@nestjs/common';
import { answerSchema, Caller, Described, json, listOf, named, StaffRoute, type StaffCaller } from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import {
  BEGINNING_MIN,
  LIMIT_DEFAULT,
  LIMIT_MAX,
  readSearchQuery,
  TEXT_MAX,
  WORDS_MAX,
} from './search-query.ts';
import { searchRequests, type SearchResult } from './search-requests.ts';

/** GET /v1/search finds requests by reference, number, name and word. */
@Controller('v1/search')
export class SearchController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'searchRequests',
    summary: 'Find requests by reference, number, name or word',
    details:
      'Open and finished requests of the forces that you may see, newest first. Every word must be in the request. ' +
      `The last word may be a beginning of at least ${BEGINNING_MIN} letters or digits. Case, diacritics, spaces and dashes do not matter. ` +
      'A number alone finds the references that have it, with or without leading zeros, and these come first. ' +
      '`matched` names the fields in which the words were found. `more` says that there are more, or that a word is too common to read all its requests: add a word. ' +
      'Each law-enforcement record in the answer is logged as consulted.',
    query: {
      q: {
        required: true,
        help: `One to ${WORDS_MAX} words`,
        schema: { type: 'string', minLength: 1, maxLength: TEXT_MAX },
      },
      limit: {
        help: 'The largest number of requests in the answer',
        schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT },
      },
    },
    answers: {
      200: {
        means: 'The requests that were found',
        content: json(
          answerSchema<SearchResult>({ items: listOf(named('FoundRequest')), more: { type: 'boolean' } }),
        ),
      },
    },
  })
  search(@Caller() caller: StaffCaller, @Query() query: Record<string, unknown>): Promise<SearchResult> {
    return searchRequests(this.unit, caller, readSearchQuery(query));
  }
}
