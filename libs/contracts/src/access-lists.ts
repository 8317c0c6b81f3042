import {
  forceGroupPrefix,
  forcePrincipal,
  serviceGroupPrefix,
  topicsOf,
  type Topology,
  type Topic,
} from './topics.ts';

export interface AccessRule {
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly match: 'literal' | 'prefixed';
  readonly operation: 'read' | 'write' | 'describe';
}

/** Lists every principal that needs a credential. */
export function principalsOf({ forces, sandboxes = [], units }: Topology): string[] {
  return ['intake', 'collaboration', ...units, ...[...forces, ...sandboxes].map(forcePrincipal)];
}

/**
 * Derives the broker's whole access list from the topics' publishers and consumers. Everything else is
 * denied.
 */
export function accessRulesOf(topology: Topology): AccessRule[] {
  const rules = topicsOf(topology).flatMap((topic): AccessRule[] => {
    const rule = (principal: string, operation: AccessRule['operation']): AccessRule => ({
      principal,
      resource: 'topic',
      name: topic.name,
      match: 'literal',
      operation,
    });
    const writers = named(topic.declaration.publishers, topic, topology);
    const readers = named(topic.declaration.consumers, topic, topology);
    return [
      ...writers.flatMap((principal) => [rule(principal, 'write'), rule(principal, 'describe')]),
      ...readers.flatMap((principal) => [rule(principal, 'read'), rule(principal, 'describe')]),
    ];
  });
  const group = (principal: string, prefix: string): AccessRule => ({
    principal,
    resource: 'group',
    name: prefix,
    match: 'prefixed',
    operation: 'read',
  });
  const groups = [
    group('intake', serviceGroupPrefix('intake')),
    group('collaboration', serviceGroupPrefix('collaboration')),
    ...topology.units.map((unit) => group(unit, serviceGroupPrefix(unit))),
    ...[...topology.forces, ...(topology.sandboxes ?? [])].map((force) =>
      group(forcePrincipal(force), forceGroupPrefix(force)),
    ),
  ];
  return [...new Map([...rules, ...groups].map((rule) => [JSON.stringify(rule), rule])).values()];
}

function named(patterns: readonly string[], topic: Topic, topology: Topology): string[] {
  const rehearsal = topic.force !== undefined && (topology.sandboxes ?? []).includes(topic.force);
  const workers = rehearsal ? [] : topology.units;
  return patterns.flatMap((pattern) =>
    pattern === '{every unit}'
      ? workers
      : [pattern.replace('{force}', topic.force ?? '').replace('{unit}', topic.unit ?? '')],
  );
}
