/** Whether a question was asked after the version that a reply names ($3). */
export const QUESTION_ASKED_LATER = `
select exists (
  select from event
  where owning_force = $1
    and request_id = $2
    and type = 'concordat.question-asked.v1'
    and (data ->> 'sequence')::integer > $3
) as late`;
