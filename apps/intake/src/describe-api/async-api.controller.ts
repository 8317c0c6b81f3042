import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Described, json, OpenRoute, type HttpReply } from '#web';

/** The AsyncAPI document as it is served. */
export class ServedAsyncApi {
  readonly bytes: Buffer;

  constructor(document: object) {
    this.bytes = Buffer.from(JSON.stringify(document));
  }
}

/** The description of a force's topics for programs. */
@Controller()
export class AsyncApiController {
  constructor(@Inject(ServedAsyncApi) private readonly served: ServedAsyncApi) {}

  @Get('asyncapi.json')
  @OpenRoute()
  @Described({
    id: 'readAsyncApi',
    summary: "Read the description of a force's topics",
    answers: { 200: { means: 'AsyncAPI 3.1', content: json({ type: 'object' }) } },
  })
  asyncApi(@Res() reply: HttpReply): void {
    void reply.header('content-type', 'application/json').send(this.served.bytes);
  }
}
