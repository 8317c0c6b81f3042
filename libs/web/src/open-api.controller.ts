import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { HttpReply } from './caller.ts';
import { Described, json } from './described.ts';
import { OpenRoute } from './route-policy.ts';
import { ServedOpenApi } from './served-open-api.ts';

/** The description of a service for programs. */
@Controller()
export class OpenApiController {
  constructor(@Inject(ServedOpenApi) private readonly served: ServedOpenApi) {}

  @Get('openapi.json')
  @OpenRoute()
  @Described({
    id: 'readOpenApi',
    summary: 'Read this document',
    answers: { 200: { means: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
  })
  openApi(@Res() reply: HttpReply): void {
    void reply.header('content-type', 'application/json').send(this.served.bytes);
  }
}
