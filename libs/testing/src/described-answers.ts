import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenApiDocument, Operation } from '#web';

/** An unchanged answer of a service. */
export interface AnswerSeen {
  readonly method: string;
  /** Path and query of the call. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  /** The JSON of the body; undefined if there was none. */
  readonly body: unknown;
}

interface DescribedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

const DOCUMENT = 'urn:concordat:openapi';

/** Compares answers with the OpenAPI document that describes them. */
export class DescribedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes: readonly { readonly pattern: RegExp; readonly path: string }[];

  constructor(private readonly document: OpenApiDocument) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, DOCUMENT);
    this.routes = Object.keys(document.paths).map((path) => ({
      path,
      pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    }));
  }

  /** Returns the route of an address as the document writes it; undefined for an unknown one. */
  routeOf(
    method: string,
    path: string,
  ): { readonly path: string; readonly operation: Operation } | undefined {
    const [address = ''] = path.split('?');
    const found = this.routes.find(({ pattern }) => pattern.test(address));
    const operation = found && this.document.paths[found.path]?.[method.toLowerCase()];
    return found && operation && { path: found.path, operation };
  }

  /** Returns how an answer differs from the description of its route; empty if it does not. */
  faults({ method, path, status, contentType, body }: AnswerSeen): string[] {
    const route = this.routeOf(method, path);
    // Unknown routes answer 404, or 405 if another method is served. The document need not describe them.
    if (!route)
      return status === 404 || status === 405
        ? []
        : [`${method} ${path} is answered ${status} and not described`];
    const where = `${method} ${route.path} ${status}`;
    // Failures that may happen anywhere are described once, as `default`.
    const key = String(status) in route.operation.responses || status < 500 ? String(status) : 'default';
    const response = route.operation.responses[key] as DescribedResponse | undefined;
    if (!response) return [`${where} is not described`];
    const [type = ''] = (contentType ?? '').split(';');
    if (!response.content) return body === undefined ? [] : [`${where} has a body that is not described`];
    if (!(type in response.content))
      return [`${where} is ${type || 'without a type'}, not ${Object.keys(response.content).join(' or ')}`];
    if (body === undefined) return [];
    const check = this.check(route.path, method, key, type);
    if (check(body)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message }) => `${where} ${instancePath || '/'} ${message ?? ''}`,
    );
  }

  private check(path: string, method: string, key: string, type: string): ValidateFunction {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', key, 'content', type, 'schema'];
    const name = `${DOCUMENT}#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    let check = this.compiled.get(name);
    if (!check) {
      check = this.ajv.compile({ $ref: name });
      this.compiled.set(name, check);
    }
    return check;
  }
}

/**
 * Compares every answer of the service with its description, whoever called, and returns the differences as
 * they are found.
 */
export function undescribedAnswers(app: NestFastifyApplication, described: DescribedAnswers): string[] {
  const found: string[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async ({ method, url, routeOptions }, reply, payload) => {
      // Only the caller reads a stream, and answers to HEAD are not described.
      // A route that only names the commands of a unit is not described.
      if (routeOptions.url?.endsWith('/:command')) return payload;
      if (method === 'HEAD' || (typeof payload === 'object' && payload !== null && 'pipe' in payload))
        return payload;
      const contentType = String(reply.getHeader('content-type') ?? '') || null;
      const text = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '';
      const body: unknown =
        text === '' ? undefined : /json/.test(contentType ?? '') ? JSON.parse(text) : text;
      found.push(...described.faults({ method, path: url, status: reply.statusCode, contentType, body }));
      return payload;
    });
  return found;
}
