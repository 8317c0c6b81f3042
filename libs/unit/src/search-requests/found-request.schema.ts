import { answerSchema, TEXT } from '#web';
import { LISTED_FIELDS } from '../task-view.ts';
import type { FoundRequest } from './search-requests.ts';

export const FOUND_REQUEST_SCHEMA = answerSchema<FoundRequest>({
  ...LISTED_FIELDS,
  matched: { ...TEXT, description: 'The fields in which the words were found' },
});
