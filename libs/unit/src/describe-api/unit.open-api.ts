import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { schemaOf, type Schema } from '#contracts';
import {
  DocsController,
  HealthController,
  named,
  OpenApiController,
  openApiOf,
  type OpenApiDocument,
  type RouteGroup,
} from '#web';
import { BULK_SCHEMA } from '../bulk-changes/bulk-changes.controller.ts';
import { LINK_SCHEMA } from '../link-requests/link-requests.controller.ts';
import { QUALITY_CHECK_SCHEMA } from '../check-quality/quality-checks.controller.ts';
import { QUEUE_ITEM_SCHEMA, QUEUE_SCHEMA } from '../list-queue/queue.controller.ts';
import { publishedSchema } from '../published-schema.ts';
import { REQUEST_SCHEMAS } from '../read-request/request.schema.ts';
import { COUNTS_SCHEMA } from '../reconcile/count-requests.ts';
import { FOUND_REQUEST_SCHEMA } from '../search-requests/found-request.schema.ts';
import { CLOCK_SCHEMA, TASK_SCHEMA } from '../task-view.ts';
import type { RequestType, UnitDefinition } from '../unit-definition.ts';
import { STAFF_CONTROLLERS } from './staff-controllers.ts';
import { withExamples } from './type-examples.ts';

const DESCRIPTION = [
  'The staff of a unit work on the requests of the forces that share it. The desk uses this API and nothing else.',
  '',
  '- **The caller** is a person with an access token for this unit. The token names their role and the forces that they may see.',
  '  Records of another force answer 404.',
  '- **A command** changes one request. `If-Match` names the version that you read, so that nobody overwrites what they have not seen.',
  '  `allowed` of a request lists the commands that you may give now, and the reason for which you may not give the others.',
  '- **A 2xx means that the change is stored.** It is sent after the commit.',
  '- **Every refusal** is problem details (RFC 9457) with a stable `code`. `kind` is `business` if somebody must change something, and',
  '  `system` if a retry may help. `x-problem-codes` of an operation lists its codes; any operation may answer 5xx codes.',
  '- **Every answer** has an `X-Request-Id`. Quote it when you ask about a call, because the logs are searched by it.',
  '- **Unknown fields** in a body, unknown query parameters and preconditions that an operation does not list are refused with 400.',
  '  Answers may get new fields at any time.',
].join('\n');

const GROUPS: readonly RouteGroup[] = [
  { name: 'Unit', of: ['unit'], description: 'The request types of the unit, and the caller.' },
  { name: 'Queue', of: ['queue'], description: 'The order of work, and claiming what comes next.' },
  { name: 'Requests', of: ['requests'], description: 'One request, and the commands that change it.' },
  { name: 'Search', of: ['search'], description: 'Find requests by reference, number, name or word.' },
  { name: 'Changes', of: ['changes'], description: 'Requests that changed, and many commands in one call.' },
  { name: 'Bulk changes', of: ['bulk-changes'], description: 'One command for every request of a list.' },
  { name: 'Members', of: ['members'], description: 'The people to whom requests can be assigned.' },
  { name: 'Team', of: ['team'], description: 'The load of each person, and requests that are stuck.' },
  {
    name: 'Quality checks',
    of: ['quality-checks'],
    description: 'Decided requests, drawn at random to look at the work.',
  },
  { name: 'Counts', of: ['counts'], description: 'Numbers of requests by state, for reconciliation.' },
  { name: 'Dead letters', of: ['dead-letters'], description: 'Messages that could not be processed.' },
  {
    name: 'Description',
    of: ['docs', 'openapi.json'],
    description: 'The description of this API, for people and for programs.',
  },
  { name: 'Health', of: ['health'], description: 'For operators: whether the service is up and ready.' },
];

const SCHEMAS: Readonly<Record<string, Schema>> = {
  Task: TASK_SCHEMA,
  Clock: CLOCK_SCHEMA,
  Queue: QUEUE_SCHEMA,
  QueueItem: QUEUE_ITEM_SCHEMA,
  BulkChange: BULK_SCHEMA,
  Link: LINK_SCHEMA,
  QualityCheck: QUALITY_CHECK_SCHEMA,
  FoundRequest: FOUND_REQUEST_SCHEMA,
  Counts: COUNTS_SCHEMA,
  ...REQUEST_SCHEMAS,
};

const FIELDS: Schema = { type: 'object', additionalProperties: {} };
const PAYLOAD: Schema = { ...FIELDS, description: 'What the force sent, as last corrected' };

/** The routes that every unit has, as if it had no request types. The typed client is made from these. */
export function everyUnitOpenApi(): OpenApiDocument {
  return documentOf('every unit', STAFF_CONTROLLERS, GROUPS, {
    Payload: PAYLOAD,
    GivenAnswer: { ...FIELDS, description: 'The fields of the answer of the request’s type' },
  });
}

/** The routes of one unit for its staff, with its request types and with examples that work as printed. */
export function unitOpenApi(definition: UnitDefinition): OpenApiDocument {
  const { title, requestTypes } = definition;
  const own = (definition.controllers ?? []) as readonly Type[];
  const words = own.map(
    (controller) =>
      String(Reflect.getMetadata(PATH_METADATA, controller))
        .split('/')
        .find((part) => part !== 'v1' && part !== '') ?? '',
  );
  const ofUnit = { name: title, of: words, description: 'The routes that only this unit has.' };
  const document = documentOf(
    title,
    [...STAFF_CONTROLLERS, ...own],
    own.length > 0 ? [...GROUPS.slice(0, -2), ofUnit, ...GROUPS.slice(-2)] : GROUPS,
    {
      Payload: {
        ...PAYLOAD,
        'x-by-type': Object.fromEntries(
          requestTypes.map((type) => [nameOf(type), named(`${nameOf(type)}.payload`)]),
        ),
      },
      GivenAnswer: { anyOf: requestTypes.map((type) => named(`${nameOf(type)}.answer`)) },
      ...Object.fromEntries(
        requestTypes.flatMap((type) => [
          [`${nameOf(type)}.payload`, { title: type.title, ...publishedSchema(type) }],
          [`${nameOf(type)}.answer`, { title: `Answer: ${type.title}`, ...schemaOf(type.answer) }],
        ]),
      ),
    },
  );
  return withExamples(document, definition);
}

const nameOf = ({ name, version }: RequestType): string => `${name}.v${version}`;

function documentOf(
  title: string,
  controllers: readonly Type[],
  groups: readonly RouteGroup[],
  schemas: Readonly<Record<string, Schema>>,
): OpenApiDocument {
  return openApiOf([...controllers, OpenApiController, DocsController, HealthController], {
    title: `Concordat: ${title}`,
    version: 'v1',
    description: DESCRIPTION,
    groups,
    signIn: 'A token of a person, whom the identity provider names with a role at this unit.',
    schemas: { ...SCHEMAS, ...schemas },
  });
}
