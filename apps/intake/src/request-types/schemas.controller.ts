import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Refusal, type Schema } from '#contracts';
import { OpenRoute } from '#web';
import { RequestTypeDirectory } from './request-type.directory.ts';

/** What a force's system needs before it can submit. */
@Controller('schemas')
export class SchemasController {
  constructor(@Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory) {}

  /** Every version of every type, with its unit and where its schema is. */
  @Get()
  @OpenRoute()
  list(): { items: { name: string; version: number; title: string; unit: string; schema: string }[] } {
    return { items: this.types.published().map((type) => ({ ...type, schema: `/schemas/${type.name}/${type.version}` })) };
  }

  /** The JSON Schema 2020-12 of a type's payload. */
  @Get(':type/:version')
  @OpenRoute()
  read(@Param('type') name: string, @Param('version') version: string): Schema {
    const type = this.types.published().find((one) => one.name === name && String(one.version) === version);
    if (!type) throw new Refusal('not-found', 'No request type has this name and version; /schemas lists them.');
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/schemas/${name}/${version}`,
      title: type.title,
      ...type.schema,
    };
  }
}
