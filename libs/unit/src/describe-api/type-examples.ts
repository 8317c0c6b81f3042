import { milestonesOf } from '#requests';
import type { OpenApiDocument } from '#web';
import type { StaffCommand } from '../change-request/change-body.ts';
import type { RequestType, UnitDefinition } from '../unit-definition.ts';

interface NamedExamples {
  readonly [name: string]: { readonly summary: string; readonly value: object };
}

/** The document with examples of the unit's own types, for commands whose body depends on the type. */
export function withExamples(document: OpenApiDocument, unit: UnitDefinition): OpenApiDocument {
  const { requestTypes } = unit;
  // A unit without a type that is decided in this way still has the command, which then refuses every answer.
  const answered = (decides: (type: RequestType) => boolean): NamedExamples =>
    Object.fromEntries(
      (requestTypes.some(decides) ? requestTypes.filter(decides) : requestTypes).flatMap((type) =>
        type.examples.map(({ answer }, index) => [
          `${type.name}.v${type.version}.${index + 1}`,
          { summary: type.title, value: { answer } },
        ]),
      ),
    );
  const reached = requestTypes.flatMap(({ name, version, title, clocks }) =>
    milestonesOf(clocks).map((milestone): [string, NamedExamples[string]] => [
      `${name}.v${version}.${milestone}`,
      { summary: title, value: { name: milestone } },
    ]),
  );
  const byCommand: Partial<Record<StaffCommand, NamedExamples>> = {
    assign: {
      caseworker: { summary: 'A caseworker of the unit', value: { assignee: `${unit.slug}.caseworker` } },
    },
    milestone: Object.fromEntries(reached),
    answer: answered(({ decision }) => decision === 'one-person'),
    propose: answered(({ decision }) => decision !== 'one-person'),
  };
  return Object.entries(byCommand).reduce(
    (described, [command, examples]) =>
      Object.keys(examples).length === 0 ? described : withExamplesOf(described, command, examples),
    document,
  );
}

function withExamplesOf(
  document: OpenApiDocument,
  command: string,
  examples: NamedExamples,
): OpenApiDocument {
  const path = `/v1/requests/{reference}/${command}`;
  const post = document.paths[path]?.['post'];
  const { example: _replaced, ...json } = (post?.requestBody?.content['application/json'] ?? {}) as {
    readonly example?: unknown;
  };
  if (!post?.requestBody) throw new Error(`${path} has no JSON body, so its examples have no place.`);
  const requestBody = { ...post.requestBody, content: { 'application/json': { ...json, examples } } };
  return { ...document, paths: { ...document.paths, [path]: { post: { ...post, requestBody } } } };
}
