import { subjectOf } from '#unit';
import type { RequestView } from '../answers/read-request/request.view.ts';
import type { StorableSubmission } from './submission.ts';

/** Returns the view of a submission that was stored a moment ago, so that it need not be read again. */
export function viewOfNew(
  { id, channel, checked }: StorableSubmission,
  agreementId: string,
  receivedAt: Date,
): RequestView {
  return {
    id,
    reference: checked.reference,
    type: checked.type.name,
    version: checked.type.version,
    unit: checked.type.unit,
    subject: subjectOf(checked.type.definition, checked.payload),
    unitReference: null,
    state: 'accepted',
    sequence: 0,
    agreementId,
    channel,
    origin: checked.origin,
    receivedAt,
    updatedAt: receivedAt,
    payload: checked.payload,
    submittedPayload: null,
    question: null,
    answer: null,
    reopenUntil: null,
    reason: null,
    belongsTo: null,
    clocks: [],
    changes: [],
  };
}
