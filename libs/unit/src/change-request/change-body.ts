import { JsonObject, PayloadCheck, Refusal, Text, type Schema } from '#contracts';
import type { Command } from '#requests';
import { named } from '#web';

/** Commands that staff can give. */
export const STAFF_COMMANDS = [
  'claim',
  'assign',
  'release',
  'hold',
  'resume',
  'ask',
  'withdraw-question',
  'milestone',
  'note',
  'answer',
  'propose',
  'confirm',
  'return',
  'decline',
] as const satisfies readonly Command[];
export type StaffCommand = (typeof STAFF_COMMANDS)[number];

class EmptyBody {}
class Assignment {
  @Text({
    max: 120,
    example: 'sam',
    help: 'The member of staff who gets the request: the subject of their token',
  })
  assignee!: string;
}
class Reason {
  @Text({ max: 4000, personal: true, example: 'The part arrives on Friday.' }) reason!: string;
}
class Question {
  @Text({ max: 4000, personal: true, example: 'Where are the keys?' }) question!: string;
}
class ReachedMilestone {
  @Text({
    max: 60,
    pattern: '^[a-z][a-z0-9-]*$',
    expected: 'the name of a milestone, such as made-safe',
    help: 'A milestone of the type, such as made-safe',
  })
  name!: string;
  @Text({
    max: 4000,
    optional: true,
    personal: true,
    example: 'The road is closed off.',
    help: 'How it was reached. The force does not see this',
  })
  note?: string;
}
class NoteText {
  @Text({ max: 4000, personal: true, example: 'Spoke to the station.' }) text!: string;
}
class AnswerBody {
  @JsonObject({ help: 'The fields of the type’s answer' }) answer!: Record<string, unknown>;
}
class DeclineBody {
  @Text({ max: 4000, personal: true, example: 'The building is leased.' }) reason!: string;
  @Text({
    max: 200,
    example: 'The landlord',
    help: 'The place where the request belongs, so that the force knows where to send it',
  })
  belongsTo!: string;
}

/** The fields that the body of some command may have. */
export type ChangeBody = Partial<
  Assignment & Reason & Question & ReachedMilestone & NoteText & AnswerBody & DeclineBody
>;

const BODIES: Readonly<Record<StaffCommand, PayloadCheck>> = {
  claim: new PayloadCheck(EmptyBody),
  assign: new PayloadCheck(Assignment),
  release: new PayloadCheck(EmptyBody),
  hold: new PayloadCheck(Reason),
  resume: new PayloadCheck(EmptyBody),
  ask: new PayloadCheck(Question),
  'withdraw-question': new PayloadCheck(EmptyBody),
  milestone: new PayloadCheck(ReachedMilestone),
  note: new PayloadCheck(NoteText),
  answer: new PayloadCheck(AnswerBody),
  propose: new PayloadCheck(AnswerBody),
  confirm: new PayloadCheck(EmptyBody),
  return: new PayloadCheck(Reason),
  decline: new PayloadCheck(DeclineBody),
};

/** The published schema of a command's body. The document of each unit has its own schema of an answer. */
export function schemaOfBody(command: StaffCommand): Schema {
  const { schema } = BODIES[command];
  const properties = schema['properties'] as Record<string, Schema>;
  return 'answer' in properties
    ? { ...schema, properties: { ...properties, answer: named('GivenAnswer') } }
    : schema;
}

/** Reads the body of a command and refuses missing or unknown fields. An absent body is an empty one. */
export function readChangeBody(command: StaffCommand, body: unknown): ChangeBody {
  const given = body ?? {};
  const errors = BODIES[command].faults(given, '');
  if (errors.length > 0)
    throw new Refusal('invalid-request', `The body is not valid for ${command}; see errors.`, { errors });
  return given;
}
