import type { ProblemCode } from '#contracts';
import { TRANSITIONS, type Transition } from '#requests';
import { json, named, TEXT, VERSION_READ, type DescribedParameter, type RouteDescription } from '#web';
import { schemaOfBody, type StaffCommand } from './change-body.ts';

/** The words and the example of one command in the description of the staff API. */
interface DescribedCommand {
  /** The name of the operation. */
  readonly id: string;
  readonly summary: string;
  readonly details?: string;
  /** A body that works as printed. The document of a unit replaces those that depend on its request types. */
  readonly example: object;
  readonly problems?: readonly ProblemCode[];
}

const OF_AN_ANSWER: readonly ProblemCode[] = ['unknown-type', 'invalid-payload', 'second-person-needed'];

const COMMANDS: Readonly<Record<StaffCommand, DescribedCommand>> = {
  claim: {
    id: 'claimRequest',
    summary: 'Take a request from the queue',
    details: 'One person gets the request, however many claim it. `If-Match` may be left out.',
    example: {},
  },
  assign: {
    id: 'assignRequest',
    summary: 'Give a request to a member of staff',
    details: '`GET /v1/members` lists the people to whom a request can be assigned.',
    example: { assignee: 'fleet.caseworker' },
  },
  release: { id: 'releaseRequest', summary: 'Give a request back to the queue', example: {} },
  hold: {
    id: 'holdRequest',
    summary: 'Put a request on hold',
    details: 'The clocks that may pause stop. The force is notified and sees the reason.',
    example: { reason: 'The part arrives on Friday.' },
  },
  resume: { id: 'resumeRequest', summary: 'Continue a request that is on hold', example: {} },
  ask: {
    id: 'askForce',
    summary: 'Ask the force a question',
    details: 'The request waits until the force replies.',
    example: { question: 'Where are the keys?' },
  },
  'withdraw-question': {
    id: 'withdrawQuestion',
    summary: 'Withdraw a question that the force has not answered',
    example: {},
  },
  milestone: {
    id: 'reachMilestone',
    summary: 'Report that a milestone is reached',
    details: '`GET /v1/unit` lists the milestones of each type. The force is notified.',
    example: { name: 'made-safe' },
  },
  note: {
    id: 'addNote',
    summary: 'Add a note',
    details: 'Notes stay in the unit; the force does not see them.',
    example: { text: 'Spoke to the station.' },
  },
  answer: {
    id: 'answerRequest',
    summary: 'Answer a request that one person decides',
    details:
      'The answer is valid by the schema of the request’s type. The unit signs it and sends it to the force.',
    example: { answer: { workDone: 'Replaced the offside front tyre.' } },
    problems: OF_AN_ANSWER,
  },
  propose: {
    id: 'proposeAnswer',
    summary: 'Propose an answer that a second person decides',
    example: { answer: { workDone: 'Replaced the offside front tyre.' } },
    problems: OF_AN_ANSWER,
  },
  confirm: {
    id: 'confirmAnswer',
    summary: 'Confirm a proposed answer',
    details:
      'Somebody other than the proposer confirms. Some types also need the delegated authority of the owning force.',
    example: {},
    problems: [...OF_AN_ANSWER, 'no-delegated-authority'],
  },
  return: {
    id: 'returnAnswer',
    summary: 'Return a proposed answer to its proposer',
    example: { reason: 'The mileage is missing.' },
    problems: ['second-person-needed'],
  },
  decline: {
    id: 'declineRequest',
    summary: 'Decline a request that belongs elsewhere',
    details: 'The force sees the reason, and where the request belongs.',
    example: { reason: 'The building is leased.', belongsTo: 'The landlord' },
  },
};

/** Describes the path parameter of every route of one request. */
export const REFERENCE: Readonly<Record<string, DescribedParameter>> = {
  reference: { help: 'The id of the request, or its short reference such as FLT-26-000123', schema: TEXT },
};

/** Describes the route of a command. The roles and states come from the table of transitions. */
export function describeCommand(command: StaffCommand): RouteDescription {
  const { id, summary, details, example, problems = [] } = COMMANDS[command];
  const isEmpty = Object.keys(example).length === 0;
  return {
    id,
    summary,
    details: [details, whenOf(command)].filter((text) => text !== undefined).join('\n\n'),
    path: REFERENCE,
    headers: command === 'claim' ? VERSION_READ : { 'If-Match': VERSION_THAT_WAS_READ },
    body: json(schemaOfBody(command), example),
    ...(isEmpty && { bodyOptional: true }),
    answers: {
      200: {
        means: 'Done; the request as it is now',
        headers: { etag: 'The version of the request' },
        content: json(named('Task')),
      },
    },
    problems: ['not-found', 'not-in-this-state', 'version-changed', 'version-required', ...problems],
  };
}

const VERSION_THAT_WAS_READ: DescribedParameter = {
  required: true,
  help: 'The ETag of the version that you read. The call is refused if the request has changed since.',
  schema: TEXT,
};

function whenOf(command: StaffCommand): string {
  const lines = TRANSITIONS.filter((line: Transition) => line.command === command) as readonly Transition[];
  const ofAll = (list: (line: Transition) => readonly string[]): string =>
    [...new Set(lines.flatMap(list))].join(', ');
  return `States: ${ofAll(({ from }) => from)}. Roles: ${ofAll(({ roles }) => roles)}.`;
}
