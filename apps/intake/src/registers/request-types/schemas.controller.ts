import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Refusal, type Schema } from '#contracts';
import type { PublishedRequestType } from '#unit';
import { answerSchema, COUNT, Described, json, listOf, OpenRoute, TEXT } from '#web';
import { RequestTypeDirectory } from './request-type.directory.ts';

interface ListedType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
  readonly schema: string;
  readonly answerSchema: string;
}

const LISTED = answerSchema<ListedType>({
  name: TEXT,
  version: COUNT,
  title: TEXT,
  unit: TEXT,
  schema: { type: 'string', format: 'uri-reference', description: 'The address of its schema' },
  answerSchema: {
    type: 'string',
    format: 'uri-reference',
    description: 'The address of the schema of its answer',
  },
});

/** The request types and their schemas, which a force's system needs before it can submit. */
@Controller('schemas')
export class SchemasController {
  constructor(@Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory) {}

  @Get()
  @OpenRoute()
  @Described({
    id: 'listSchemas',
    summary: 'List every version of every request type, with its unit',
    answers: {
      200: {
        means: 'The types',
        content: json({ type: 'object', properties: { items: listOf(LISTED) }, required: ['items'] }),
      },
    },
  })
  list(): { items: ListedType[] } {
    const items = this.types.published().map(({ answer: _answer, ...type }) => {
      const schema = `/schemas/${type.name}/${type.version}`;
      return { ...type, schema, answerSchema: `${schema}/answer` };
    });
    return { items };
  }

  @Get(':type/:version')
  @OpenRoute()
  @Described({
    id: 'readSchema',
    summary: "Read the JSON Schema 2020-12 of a request type's payload",
    path: {
      type: { help: 'Name of the request type, such as vehicle-repair', schema: TEXT },
      version: { help: 'One of its versions', schema: { type: 'integer', minimum: 1 } },
    },
    answers: { 200: { means: 'The schema', content: json({ type: 'object' }) } },
    problems: ['not-found'],
  })
  read(@Param('type') name: string, @Param('version') version: string): Schema {
    const type = this.find(name, version);
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/schemas/${name}/${version}`,
      title: type.title,
      ...type.schema,
    };
  }

  @Get(':type/:version/answer')
  @OpenRoute()
  @Described({
    id: 'readAnswerSchema',
    summary: "Read the JSON Schema 2020-12 of a request type's answer",
    path: {
      type: { help: 'Name of the request type, such as vehicle-repair', schema: TEXT },
      version: { help: 'One of its versions', schema: { type: 'integer', minimum: 1 } },
    },
    answers: { 200: { means: 'The schema', content: json({ type: 'object' }) } },
    problems: ['not-found'],
  })
  readAnswer(@Param('type') name: string, @Param('version') version: string): Schema {
    const { answer } = this.find(name, version);
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/schemas/${name}/${version}/answer`,
      ...answer,
    };
  }

  private find(name: string, version: string): PublishedRequestType {
    const type = this.types.published().find((one) => one.name === name && String(one.version) === version);
    if (!type)
      throw new Refusal(
        'not-found',
        'There is no request type with this name and version. /schemas lists all of them.',
      );
    return type;
  }
}
