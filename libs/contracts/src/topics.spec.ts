import { describe, expect, it } from '@jest/globals';
import {
  accessRulesOf,
  forceOfTopic,
  MESSAGE_TYPES,
  principalsOf,
  TOPIC_FAMILIES,
  topicsOf,
} from './index.ts';

const topology = { forces: ['bedfordshire', 'hertfordshire'], units: ['fleet', 'legal'] };
const rules = accessRulesOf(topology);
const may = (principal: string, operation: string): string[] =>
  rules
    .filter(
      (rule) => rule.principal === principal && rule.operation === operation && rule.resource === 'topic',
    )
    .map(({ name }) => name)
    .sort();

describe('the access lists derived from the topics', () => {
  it('allow a force to write its own requests and read its own events, and nothing else', () => {
    expect(may('force-bedfordshire', 'write')).toEqual(['force.bedfordshire.requests.v1']);
    expect(may('force-bedfordshire', 'read')).toEqual(['force.bedfordshire.events.v1']);
  });

  it('allow a unit to read its own requests and the agreements, and to write events of the forces it serves', () => {
    expect(may('fleet', 'read')).toEqual(['collaboration.agreements.v1', 'unit.fleet.requests.v1']);
    expect(may('fleet', 'write')).toEqual(['force.bedfordshire.events.v1', 'force.hertfordshire.events.v1']);
  });

  it('give a sandbox the rights of a force, and keep every unit off its topics', () => {
    const sandboxed = { ...topology, sandboxes: ['testshire'] };
    const [before, after] = [topology, sandboxed].map((one) =>
      accessRulesOf(one).map((rule) => JSON.stringify(rule)),
    );
    const added = accessRulesOf(sandboxed).filter((rule) => !before?.includes(JSON.stringify(rule)));
    expect(before?.filter((rule) => !after?.includes(rule))).toEqual([]);
    expect([...new Set(added.map(({ principal }) => principal))].sort()).toEqual([
      'force-testshire',
      'intake',
    ]);
    expect(
      added.filter(({ principal, operation }) => principal === 'force-testshire' && operation !== 'describe'),
    ).toEqual([
      expect.objectContaining({ name: 'force.testshire.requests.v1', operation: 'write' }),
      expect.objectContaining({ name: 'force.testshire.events.v1', operation: 'read' }),
      expect.objectContaining({ name: 'testshire.', resource: 'group', operation: 'read' }),
    ]);
    expect(principalsOf(sandboxed)).toEqual([...principalsOf(topology), 'force-testshire']);
  });

  it('allow only collaboration to write the agreements, and to read them back', () => {
    const writers = rules.filter(
      ({ name, operation }) => name === 'collaboration.agreements.v1' && operation === 'write',
    );
    expect(writers.map(({ principal }) => principal)).toEqual(['collaboration']);
    expect(may('collaboration', 'read')).toEqual(['collaboration.agreements.v1']);
    expect(rules).toContainEqual(
      expect.objectContaining({
        principal: 'collaboration',
        resource: 'group',
        name: 'concordat.collaboration.',
      }),
    );
  });

  it('give every principal a group prefix of its own, none inside another', () => {
    const prefixes = rules.filter(({ resource }) => resource === 'group').map(({ name }) => name);
    expect(prefixes.some((one) => prefixes.some((other) => one !== other && one.startsWith(other)))).toBe(
      false,
    );
    expect(principalsOf(topology)).toEqual([
      'intake',
      'collaboration',
      'fleet',
      'legal',
      'force-bedfordshire',
      'force-hertfordshire',
    ]);
  });
});

describe('the topics', () => {
  it('carry every message type, each in one family', () => {
    const carried = TOPIC_FAMILIES.flatMap(({ messages }) => messages);
    expect([...carried].sort()).toEqual(Object.keys(MESSAGE_TYPES).sort());
  });

  it('name the force that a topic belongs to, and none for others', () => {
    expect(topicsOf(topology).map(({ name }) => [name, forceOfTopic(name)])).toContainEqual([
      'force.hertfordshire.events.v1',
      'hertfordshire',
    ]);
    expect(forceOfTopic('unit.fleet.requests.v1')).toBeUndefined();
  });
});
