import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#kernel';
import { inputsOf, policyOf, type RouteInputs, type RoutePolicy } from '#web';

/**
 * A route of the router. `path` names every parameter `:*`, because two routes may name one place
 * differently.
 */
export interface RunningRoute {
  readonly method: string;
  readonly path: string;
  /** The policy that its handler declares; undefined for a route without a controller. */
  readonly policy: RoutePolicy | undefined;
  readonly inputs: Required<RouteInputs>;
}

/** A caller that tries every route, with a token of some kind or with none. */
export interface RouteCaller {
  readonly name: string;
  readonly token?: string;
  readonly speaksAs: 'nobody' | 'stranger' | 'force' | 'force-person' | { readonly role: string };
}

/** The bodies of calls by `METHOD path`; `{}` by default. */
export type RouteBodies = Readonly<Record<string, unknown>>;

/** Lists every route of the running router, HEAD included, with the policy of its handler. */
export function routesOf(app: NestFastifyApplication): RunningRoute[] {
  const declared = declaredRoutes(app);
  const tree: string = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return tree.split('\n').flatMap((line): RunningRoute[] => {
    const match = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) return [];
    const [, indent = '', segment = '', methods = ''] = match;
    const depth = indent.length / 4;
    above.length = depth;
    above.push(segment);
    const path = normalised(above.join(''));
    const names = methods.split(', ').filter((method) => method !== '');
    return names.map((method) => {
      const handler = declared.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
      return {
        method,
        path,
        policy: handler && policyOf(handler),
        inputs: handler ? inputsOf(handler) : { query: [], headers: [] },
      };
    });
  });
}

/** Returns the handler of each route, by method and path. */
function declaredRoutes(app: NestFastifyApplication): Map<string, object> {
  const declared = new Map<string, object>();
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    const prototype = (metatype as Type).prototype as Record<string, object>;
    for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      const path = [metatype as object, handler]
        .map((of) => String(Reflect.getMetadata(PATH_METADATA, of) ?? ''))
        .join('/');
      declared.set(`${method} ${normalised(path)}`, handler);
    }
  }
  return declared;
}

const normalised = (path: string): string =>
  `/${path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^:.*/, ':*'))
    .join('/')}`;

/**
 * Tries every route as every caller and returns the answers that break the declared policy; none if all is
 * well.
 */
export async function triedByEverybody(
  app: NestFastifyApplication,
  callers: readonly RouteCaller[],
): Promise<{ readonly tried: number; readonly wrong: string[] }> {
  const wrong: string[] = [];
  let tried = 0;
  for (const { method, path, policy, inputs } of routesOf(app)) {
    if (policy === undefined) {
      wrong.push(`${method} ${path} says nothing of who may call it`);
      continue;
    }
    for (const caller of callers) {
      const reply = await ask(app, {
        method,
        path: path.replaceAll(':*', newId()),
        token: caller.token,
        inputs,
      });
      const expected = expectedOf(policy, caller);
      // Behind the guard a route may answer anything but that the caller is not allowed.
      const got = reply.statusCode === 401 || reply.statusCode === 403 ? reply.statusCode : 'let in';
      if (got !== expected || reply.statusCode === 500)
        wrong.push(`${method} ${path} as ${caller.name}: ${reply.statusCode}, not ${expected}`);
      tried += 1;
    }
  }
  return { tried, wrong };
}

/** The rule of the policies a second time, written independently of the guard. */
function expectedOf(policy: RoutePolicy, { speaksAs }: RouteCaller): 'let in' | 401 | 403 {
  if (policy.kind === 'open') return 'let in';
  if (speaksAs === 'nobody') return 401;
  if (speaksAs === 'stranger') return 403;
  if (speaksAs === 'force') return policy.kind === 'force' ? 'let in' : 403;
  if (speaksAs === 'force-person')
    return policy.kind === 'force' && policy.systemsOnly !== true ? 'let in' : 403;
  return policy.kind === 'staff' && (policy.roles as readonly string[]).includes(speaksAs.role)
    ? 'let in'
    : 403;
}

/**
 * Puts `foreign` (an id of another force) and an unknown id into the first parameter of every route that has
 * one. Returns the routes whose two answers differ in status, headers or body, or succeed; `absent` counts
 * the 404s. `commands` are tried in a second parameter.
 */
export async function toldApart(
  app: NestFastifyApplication,
  asked: {
    readonly token: string;
    readonly foreign: readonly string[];
    readonly commands?: readonly string[];
    readonly bodies?: RouteBodies;
  },
): Promise<{ readonly absent: number; readonly apart: string[] }> {
  const apart: string[] = [];
  let absent = 0;
  const routes = routesOf(app).filter(({ path, policy }) => path.includes(':*') && policy?.kind !== 'open');
  for (const { method, path, inputs } of routes) {
    const body = asked.bodies?.[`${method} ${path}`];
    const ends = path.indexOf(':*') === path.lastIndexOf(':*') ? [''] : (asked.commands ?? ['']);
    for (const second of ends) {
      for (const id of asked.foreign) {
        const of = async (name: string): Promise<string> => {
          const address = path.replace(':*', name).replace(':*', second);
          return shown(await ask(app, { method, path: address, token: asked.token, body, inputs }), name);
        };
        const [theirs, nobodys] = [await of(id), await of(unlike(id))];
        if (theirs !== nobodys || theirs.startsWith('2'))
          apart.push(`${method} ${path} ${second}: ${theirs} — ${nobodys}`);
        if (theirs.startsWith('404')) absent += 1;
      }
    }
  }
  return { absent, apart };
}

/** Returns what every route without a parameter answers this caller: status, headers and body by address. */
export async function readEverywhere(
  app: NestFastifyApplication,
  token: string,
): Promise<Record<string, string>> {
  const routes = routesOf(app).filter(
    ({ method, path, policy }) => method === 'GET' && !path.includes(':*') && policy?.kind !== 'open',
  );
  const seen = routes.map(
    async ({ path }) => [path, shown(await ask(app, { method: 'GET', path, token }), path)] as const,
  );
  return Object.fromEntries(await Promise.all(seen));
}

/** Makes an unknown name of the same form. */
function unlike(id: string): string {
  return /^[A-Z]+-\d\d-\d{6}$/.test(id) ? id.replace(/\d{6}$/, '987654') : newId();
}

/** Headers that depend on the moment or on the number of calls, and not on the thing asked for. */
const PASSING_HEADERS = /^(?:x-request-id|date|ratelimit.*|x-ratelimit.*)$/;

function shown(reply: Awaited<ReturnType<typeof ask>>, name: string): string {
  const headers = Object.entries(reply.headers).filter(([header]) => !PASSING_HEADERS.test(header));
  return `${reply.statusCode} ${JSON.stringify(headers.sort())} ${reply.body.replaceAll(name, '<name>')}`;
}

/** Makes one call of a route, with everything that a route may need beside a token. */
export function ask(
  app: NestFastifyApplication,
  {
    method,
    path,
    token,
    body = {},
    inputs,
    headers = {},
  }: {
    method: string;
    path: string;
    token?: string | undefined;
    body?: unknown;
    inputs?: RouteInputs;
    headers?: Readonly<Record<string, string>>;
  },
) {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return app.inject({
    method: method as 'GET',
    url: path,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
      ...(hasBody && {
        'content-type': 'application/json',
        'idempotency-key': newId(),
        ...(inputs?.headers?.includes('If-Match') && { 'if-match': '"1"' }),
      }),
    },
    ...(hasBody && { payload: JSON.stringify(body) }),
  });
}
