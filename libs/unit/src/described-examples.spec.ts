import { describe, expect, it } from '@jest/globals';
import { DescribedAnswers } from '#testing';
import { openApiOf } from '#web';
import { ListChangesController } from './list-changes/list-changes.controller.ts';
import { ListMembersController } from './list-members/list-members.controller.ts';
import { ListReadersController } from './list-readers/list-readers.controller.ts';
import { UnitController } from './read-unit/unit.controller.ts';

const document = openApiOf(
  [UnitController, ListReadersController, ListMembersController, ListChangesController],
  {
    title: 'A unit',
    version: '1',
    description: 'For this test',
    schemas: {},
    groups: [{ name: 'All', description: 'Every route', of: ['unit', 'requests', 'members', 'changes'] }],
  },
);
const described = new DescribedAnswers(document);
const examples = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { responses }]) =>
    Object.entries(responses as Record<string, { content?: Record<string, { example?: unknown }> }>).flatMap(
      ([status, { content = {} }]) =>
        Object.entries(content)
          .filter(([type]) => type === 'application/json')
          .map(([contentType, { example }]) => ({
            method: method.toUpperCase(),
            path: path.replaceAll(/\{[^}]+\}/g, 'FLT-26-000123'),
            status: Number(status),
            contentType,
            body: example,
          })),
    ),
  ),
);

describe('the description of a route for staff', () => {
  it.each(examples.map((example) => [`${example.method} ${example.path}`, example] as const))(
    'of %s has an example that its schema accepts',
    (_, example) => {
      expect(example.body).toBeDefined();
      expect(described.faults(example)).toEqual([]);
    },
  );

  it('is there for each of the four routes', () => {
    expect(examples).toHaveLength(4);
  });
});
