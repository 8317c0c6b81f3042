import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { Refusal } from '#contracts';
import { isUuid } from '#kernel';
import { Database } from '#persistence';
import {
  Caller,
  Described,
  entityTag,
  ForceRoute,
  json,
  named,
  type ForceCaller,
  type HttpReply,
} from '#web';
import { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import { logConsultations } from './consultations.ts';
import { readRequest, REQUEST_ID, type RequestView } from './request.view.ts';

@Controller('v1/requests')
export class ReadRequestController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RequestTypeDirectory) private readonly types: RequestTypeDirectory,
  ) {}

  @Get(':id')
  @ForceRoute()
  @Described({
    id: 'readRequest',
    summary: 'Read one request',
    details: 'A request of another force answers 404, like one that does not exist.',
    path: { id: REQUEST_ID },
    answers: {
      200: {
        means: 'The request',
        headers: { etag: 'Its version: `sequence` in quotes' },
        content: json(named('Request')),
      },
    },
    problems: ['not-found'],
  })
  async read(
    @Param('id') id: string,
    @Caller() caller: ForceCaller,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<RequestView> {
    const view = isUuid(id) ? await this.find(caller, id) : undefined;
    if (!view) throw new Refusal('not-found', 'No request of this force has that id.');
    reply.header('etag', entityTag(view.sequence));
    return view;
  }

  private find(caller: ForceCaller, id: string): Promise<RequestView | undefined> {
    return this.database.transaction([caller.force], async (client) => {
      const view = await readRequest(client, this.types, caller.force, id);
      if (view) await logConsultations(client, this.types, caller, [view]);
      return view;
    });
  }
}
