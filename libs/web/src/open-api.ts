import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { PROBLEMS, type ProblemCode, type Schema } from '#contracts';
import {
  descriptionOf,
  named,
  type DescribedAnswer,
  type DescribedParameter,
  type RouteDescription,
} from './described.ts';
import { policyOf, type RoutePolicy } from './route-policy.ts';

/** The service's own part of the document; the routes supply the rest. */
export interface ApiAbout {
  readonly title: string;
  readonly version: string;
  /** CommonMark. */
  readonly description: string;
  /** Schemas that routes refer to by `named`. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Groups in the order in which a reader should see them. */
  readonly groups: readonly RouteGroup[];
  /** The way in which callers get their access token. */
  readonly signIn: string;
}

/** A group of routes: those whose path begins with one of these words, after the version. */
export interface RouteGroup {
  readonly name: string;
  readonly description: string;
  readonly of: readonly string[];
}

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly [member: string]: unknown };
  readonly servers: readonly object[];
  readonly tags: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly [kind: string]: object;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, object>> };
  readonly responses: Readonly<Record<string, object>>;
  readonly 'x-problem-codes': readonly ProblemCode[];
  readonly [member: string]: unknown;
}

/** Every route with a JSON body may answer these. */
const OF_A_JSON_BODY: readonly ProblemCode[] = [
  'malformed-json',
  'too-deep',
  'too-large',
  'unsupported-media-type',
];
const OF_A_CALLER: readonly ProblemCode[] = ['unauthenticated', 'not-allowed'];
/** Requests of forces are limited. */
const OF_A_FORCE: readonly ProblemCode[] = [...OF_A_CALLER, 'too-many-requests'];

const PROBLEM: Schema = {
  type: 'object',
  description:
    'Problem details (RFC 9457). `kind` is `business` if somebody must change something, and `system` if a retry may help.',
  properties: {
    type: { type: 'string', description: 'urn:concordat:problem: and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For people; the text may change' },
    code: { type: 'string', description: 'For programs; it never changes' },
    kind: { type: 'string', enum: ['business', 'system'] },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
        required: ['pointer', 'code', 'detail'],
      },
    },
    requestId: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'kind'],
};

interface DescribedRoute {
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly policy: RoutePolicy;
  readonly description: RouteDescription;
}

/**
 * Generates the document from the decorators of the controllers. Throws if a route has no description or no
 * group, or if two routes have one id.
 */
export function openApiOf(controllers: readonly Type[], about: ApiAbout): OpenApiDocument {
  const routes = controllers.flatMap((controller) => routesOf(controller, about.groups));
  const paths: Record<string, Record<string, Operation>> = {};
  const ids = new Set<string>();
  for (const route of routes) {
    if (ids.has(route.description.id))
      throw new Error(`Two routes are described by the id ${route.description.id}.`);
    ids.add(route.description.id);
    (paths[route.path] ??= {})[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: about.title,
      version: about.version,
      description: about.description,
      contact: { name: 'The operator of this deployment' },
    },
    servers: [{ url: '/', description: 'The server that this document was read from' }],
    tags: about.groups.map(({ name, description }) => ({ name, description })),
    paths: Object.fromEntries(
      Object.entries(paths).sort(([left], [right]) => left.localeCompare(right, 'en')),
    ),
    components: {
      schemas: { ...about.schemas, Problem: PROBLEM },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: about.signIn,
        },
      },
    },
  };
}

function routesOf(controller: Type, groups: readonly RouteGroup[]): DescribedRoute[] {
  const base = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
  const prototype = controller.prototype as Record<string, unknown>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name): DescribedRoute[] => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
    const description = descriptionOf(handler);
    const policy = policyOf(handler);
    if (description === undefined || policy === undefined) {
      throw new Error(
        `${controller.name}.${name} has no description or no policy: add @Described and a policy.`,
      );
    }
    const parts = `${base}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`
      .split('/')
      .filter((part) => part !== '');
    const method =
      RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
    const path = `/${parts.map((part) => part.replace(/^:(.*)$/, '{$1}')).join('/')}`;
    const word = (parts[0] === 'v1' ? parts[1] : parts[0]) ?? '';
    const group = groups.find(({ of }) => of.includes(word));
    if (!group) throw new Error(`${path} belongs to no group: add "${word}" to a group of the document.`);
    return [{ method, path, group: group.name, policy, description }];
  });
}

function operation({ path, group, policy, description }: DescribedRoute): Operation {
  const { id, summary, details, body, bodyOptional = false } = description;
  const parameters = parametersOf(path, description);
  const codes = problemCodes(policy, description);
  return {
    operationId: id,
    tags: [group],
    summary,
    description: systemsOnly(policy) ? `${details ?? summary}\n\n${OF_SYSTEMS}` : (details ?? summary),
    security: policy.kind === 'open' ? [] : [{ token: [] }],
    ...(policy.kind === 'staff' && { 'x-roles': policy.roles }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: !bodyOptional, content: body } }),
    responses: {
      ...answersOf(description),
      ...problemAnswers(codes),
      default: problemAnswer('Any other problem; see its code'),
    },
    'x-problem-codes': codes,
  };
}

const OF_SYSTEMS = 'Only the system of a force may call this, not its people.';
const systemsOnly = (policy: RoutePolicy): boolean => policy.kind === 'force' && policy.systemsOnly === true;

function problemCodes(policy: RoutePolicy, { body, problems = [] }: RouteDescription): ProblemCode[] {
  const ofBody = body && 'application/json' in body ? OF_A_JSON_BODY : [];
  const ofCaller = { open: [], force: OF_A_FORCE, staff: OF_A_CALLER }[policy.kind];
  // Every route refuses unknown query parameters and preconditions.
  return [...new Set<ProblemCode>([...ofCaller, ...ofBody, 'invalid-request', ...problems])];
}

function parametersOf(path: string, description: RouteDescription): object[] {
  const inPath = [...path.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => {
    const { schema, help } = description.path?.[name] ?? {
      schema: { type: 'string' },
      help: `The ${name} of the record`,
    };
    return { name, in: 'path', required: true, description: help, schema };
  });
  const others = (
    place: 'query' | 'header',
    given: Readonly<Record<string, DescribedParameter>> = {},
  ): object[] =>
    Object.entries(given).map(([name, { schema, help, required = false }]) => ({
      name,
      in: place,
      required,
      description: help,
      schema,
    }));
  return [...inPath, ...others('query', description.query), ...others('header', description.headers)];
}

function answersOf({ answers }: RouteDescription): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { means, content, headers }]: [string, DescribedAnswer]) => [
      status,
      { description: means, ...(content && { content }), ...(headers && { headers: headersOf(headers) }) },
    ]),
  );
}

const headersOf = (headers: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

function problemAnswers(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      String(status),
      problemAnswer(
        these.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        status < 500 ? these : codesOf(status),
      ),
    ]),
  );
}

/** Lists all codes of a status. A route names only some of the 5xx codes that may occur. */
const codesOf = (status: number): ProblemCode[] =>
  (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code].status === status);

/** Describes the problem of a status, narrowed to the codes that belong to it. */
function problemAnswer(description: string, codes: readonly ProblemCode[] = []): object {
  const narrowed = {
    allOf: [named('Problem'), { type: 'object', properties: { code: { type: 'string', enum: codes } } }],
  };
  return {
    description,
    content: { 'application/problem+json': { schema: codes.length > 0 ? narrowed : named('Problem') } },
  };
}
