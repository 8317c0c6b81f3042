import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenApiDocument, Operation } from '#web';

/** An answer as it came. */
export interface AnswerSeen {
  readonly method: string;
  /** Path and query, as they were asked. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  /** The JSON of the body; undefined when there was none. */
  readonly body: unknown;
}

interface DescribedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

const DOCUMENT = 'urn:concordat:openapi';

/** Holds answers against the OpenAPI document that promises them. */
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

  /** The route that an address is of, as the document writes it; undefined for one that it does not have. */
  routeOf(
    method: string,
    path: string,
  ): { readonly path: string; readonly operation: Operation } | undefined {
    const [address = ''] = path.split('?');
    const found = this.routes.find(({ pattern }) => pattern.test(address));
    const operation = found && this.document.paths[found.path]?.[method.toLowerCase()];
    return found && operation && { path: found.path, operation };
  }

  /** Where an answer differs from what the document says of its route; an empty list when it does not. */
  faults({ method, path, status, contentType, body }: AnswerSeen): string[] {
    const route = this.routeOf(method, path);
    // What nobody described is answered 404, or 405 where another method is served, and that is all there is to say of it.
    if (!route)
      return status === 404 || status === 405
        ? []
        : [`${method} ${path} is answered ${status} and not described`];
    const where = `${method} ${route.path} ${status}`;
    // What may fail anywhere is described once, as `default`.
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
