import type { FastifyInstance } from 'fastify';

interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** Knows all methods that an address supports; the router itself only knows whether one of them is. */
export class ServedMethods {
  private readonly paths = new Map<string, KnownPath>();

  /** Must be constructed before the routes are added. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.paths.get(url) ?? { segments: segmentsOf(url), methods: new Set() };
      this.paths.set(url, known);
      for (const one of typeof method === 'string' ? [method] : method) known.methods.add(one);
    });
  }

  /** Returns the methods in alphabetical order; none for an unknown address. */
  at(target: string): readonly string[] {
    const segments = segmentsOf(target.split('?', 1)[0] ?? '');
    const found = new Set<string>();
    for (const path of this.paths.values())
      if (fits(path.segments, segments)) for (const method of path.methods) found.add(method);
    return [...found].sort();
  }
}

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.at(-1) === '*')
    return (
      segments.length >= pattern.length && fits(pattern.slice(0, -1), segments.slice(0, pattern.length - 1))
    );
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}
