import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Refusal } from '#contracts';
import {
  answerSchema,
  Caller,
  Described,
  json,
  listOf,
  STAFF_ROLES,
  StaffRoute,
  TEXT,
  type StaffCaller,
} from '#web';
import { UnitRuntime } from '../unit-runtime.ts';
import { listMembers, type MemberView } from './list-members.ts';

interface MembersView {
  readonly items: readonly MemberView[];
}

const MEMBERS_SCHEMA = answerSchema<MembersView>({
  items: listOf(
    answerSchema<MemberView>({ person: TEXT, name: TEXT, role: { type: 'string', enum: STAFF_ROLES } }),
  ),
});

const EXAMPLE: MembersView = {
  items: [{ person: 'fleet.caseworker', name: 'Fleet caseworker', role: 'caseworker' }],
};

/** GET /v1/members?force= lists the people to whom a supervisor may assign requests of a force. */
@Controller('v1/members')
export class ListMembersController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute('supervisor')
  @Described({
    id: 'listMembers',
    summary: 'List the people to whom requests of a force can be assigned',
    details:
      'They have signed in to this unit as a caseworker or supervisor, with the right to see the force. At most 500, by name.',
    query: {
      force: { help: 'The force whose requests are to be assigned', schema: TEXT, required: true },
    },
    answers: { 200: { means: 'The people', content: json(MEMBERS_SCHEMA, EXAMPLE) } },
    problems: ['not-found'],
  })
  async list(@Caller() caller: StaffCaller, @Query('force') force: string | undefined): Promise<MembersView> {
    if (force === undefined || force === '') {
      const detail = 'Name the force whose requests are to be assigned, as in ?force=bedfordshire.';
      throw new Refusal('invalid-request', detail, {
        errors: [{ pointer: '/force', code: 'invalid-query', detail }],
      });
    }
    const items = await listMembers(this.unit, caller, force);
    if (!items) throw new Refusal('not-found', 'This unit does not serve this force, or you may not see it.');
    return { items };
  }
}
