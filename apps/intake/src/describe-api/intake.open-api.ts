import { schemaOf, Submission, type Schema } from '#contracts';
import { newestTypes, publishedAnswer, publishedSchema, type RequestType, type UnitDefinition } from '#unit';
import { HealthController, named, openApiOf, type OpenApiDocument, type RouteGroup } from '#web';
import { COUNTS_SCHEMA } from '../answers/count-requests/count-requests.ts';
import { REST_CONTROLLERS } from '../intake.module.ts';
import { AGREEMENT_SCHEMA } from '../registers/know-agreements/agreement.store.ts';
import { EVENT_SCHEMA } from '../answers/read-events/read-events.controller.ts';
import { REFUSAL_SCHEMA } from '../answers/read-refusals/read-refusals.controller.ts';
import { REQUEST_SCHEMA } from '../answers/read-request/request.view.ts';

const DESCRIPTION = [
  "A force's own systems submit requests to the units that the force shares, and read their progress and answers.",
  '',
  '- **A 2xx means that your data is stored.** It is sent after the commit. You may repeat any call with the same `Idempotency-Key`;',
  '  nothing is done twice.',
  '- **The owning force** of a record comes from the access token, never from a body. Records of another force answer 404.',
  '- **Every refusal** is problem details (RFC 9457) with a stable `code`. `kind` is `business` if somebody must change something, and',
  '  `system` if a retry may help. `x-problem-codes` of an operation lists its codes; any operation may answer 5xx codes.',
  '- **Every answer** has an `X-Request-Id`. Send your own (1 to 64 letters, digits, dots, hyphens and underscores) and it is used.',
  '  Quote it when you ask about a call, because the logs are searched by it.',
  '- **Unknown fields** in a body are refused. Answers may get new fields at any time.',
  '- **Input that would be ignored** is refused with 400: a query parameter that is unknown or given twice, and a precondition (`If-Match`,',
  '  `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since`, `If-Range`) that the operation does not list. Read operations ignore',
  '  `If-None-Match`, `If-Modified-Since` and `If-Range`, as RFC 9110 allows, and send the whole record. `If-Match` accepts a list; one tag',
  '  must be the current version, and weak tags never match.',
  '',
  'Try your system as the sandbox force `testshire`: its requests reach no unit, and the beginning of a reference chooses the outcome.',
  '',
  'The Kafka topics are described in `/asyncapi.json`, and each request type at `/schemas`.',
].join('\n');

const GROUPS: readonly RouteGroup[] = [
  {
    name: 'Requests',
    of: ['requests'],
    description: 'Submit work to the shared units, follow it, and change, withdraw or reopen it.',
  },
  { name: 'Bulk', of: ['bulk'], description: 'Many submissions in one upload, with a result for each line.' },
  {
    name: 'Events',
    of: ['events'],
    description: 'The events of your requests, in order. Continue reading from where you stopped.',
  },
  {
    name: 'Webhooks',
    of: ['webhooks'],
    description: 'Have signed events sent to you, see each attempt, and have events sent again.',
  },
  {
    name: 'Refusals',
    of: ['refusals'],
    description: 'Messages and requests that were refused, with the reason.',
  },
  { name: 'Counts', of: ['counts'], description: 'The number of your requests in each state.' },
  { name: 'Agreements', of: ['agreements'], description: 'The work that your force shares with each unit.' },
  {
    name: 'Request types',
    of: ['schemas'],
    description: 'The JSON Schema of each type that can be submitted.',
  },
  {
    name: 'Description',
    of: ['docs', 'openapi.json', 'asyncapi.json'],
    description: 'The description of this API, for people and for programs.',
  },
  { name: 'Health', of: ['health'], description: 'For operators: whether the service is up and ready.' },
];

/** The routes for a force's system, with an example of each request type that works as printed. */
export function intakeOpenApi(definitions: readonly UnitDefinition[]): OpenApiDocument {
  const types = definitions.flatMap(({ requestTypes }) => requestTypes);
  const newest = new Set(newestTypes(types));
  const document = openApiOf([...REST_CONTROLLERS, HealthController], {
    title: 'Concordat: intake',
    version: 'v1',
    description: DESCRIPTION,
    groups: GROUPS,
    signIn: 'OAuth 2.0 client credentials with private_key_jwt.',
    schemas: {
      Request: REQUEST_SCHEMA,
      Event: EVENT_SCHEMA,
      Refusal: REFUSAL_SCHEMA,
      Counts: COUNTS_SCHEMA,
      Agreement: AGREEMENT_SCHEMA,
      Submission: { anyOf: types.map((type) => named(nameOf(type))) },
      ...Object.fromEntries(types.map((type) => [nameOf(type), submissionOf(type, newest.has(type))])),
      ...Object.fromEntries(types.map((type) => [answerNameOf(type), publishedAnswer(type)])),
    },
  });
  return withExamples(document, types);
}

export const nameOf = ({ name, version }: RequestType): string => `${name}.v${version}`;
export const answerNameOf = (type: RequestType): string => `${nameOf(type)}.answer`;

/** The schema of a submission of one type. For the newest version, the version may be left out. */
function submissionOf(type: RequestType, newest: boolean): Schema {
  const { properties, ...rest } = schemaOf(Submission);
  return {
    ...rest,
    title: type.title,
    properties: {
      ...(properties as object),
      type: { type: 'string', const: type.name },
      version: { type: 'integer', const: type.version },
      payload: publishedSchema(type),
    },
    'x-answer': named(answerNameOf(type)),
    required: ['type', 'reference', 'payload', ...(newest ? [] : ['version'])],
  };
}

/** The examples of the definitions belong to the one route that accepts them. */
function withExamples(document: OpenApiDocument, types: readonly RequestType[]): OpenApiDocument {
  const submit = document.paths['/v1/requests']?.['post'];
  const json = submit?.requestBody?.content['application/json'];
  if (!submit || !json)
    throw new Error('POST /v1/requests accepts no JSON, so the examples of request types have no place.');
  const examples = Object.fromEntries(
    types.flatMap((type) =>
      type.examples.map(({ payload }, index) => {
        const name = `${nameOf(type)}.${index + 1}`;
        const value = { type: type.name, version: type.version, reference: `EXAMPLE-${name}`, payload };
        return [name, { summary: type.title, value }] as const;
      }),
    ),
  );
  const requestBody = { required: true, content: { 'application/json': { ...json, examples } } };
  const post = { ...submit, requestBody };
  return {
    ...document,
    paths: { ...document.paths, '/v1/requests': { ...document.paths['/v1/requests'], post } },
  };
}
