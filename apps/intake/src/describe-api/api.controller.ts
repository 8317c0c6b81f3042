import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Described, json, OpenRoute, type HttpReply } from '#web';
import { ApiDocuments } from './api.documents.ts';

/** The descriptions of intake for programs. */
@Controller()
export class ApiController {
  constructor(@Inject(ApiDocuments) private readonly documents: ApiDocuments) {}

  @Get('openapi.json')
  @OpenRoute()
  @Described({
    id: 'readOpenApi',
    summary: 'Read this document',
    answers: { 200: { means: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
  })
  openApi(@Res() reply: HttpReply): void {
    send(reply, this.documents.openApi);
  }

  @Get('asyncapi.json')
  @OpenRoute()
  @Described({
    id: 'readAsyncApi',
    summary: "Read the description of a force's topics",
    answers: { 200: { means: 'AsyncAPI 3.1', content: json({ type: 'object' }) } },
  })
  asyncApi(@Res() reply: HttpReply): void {
    send(reply, this.documents.asyncApi);
  }
}

function send(reply: HttpReply, document: Buffer): void {
  void reply.header('content-type', 'application/json').send(document);
}
