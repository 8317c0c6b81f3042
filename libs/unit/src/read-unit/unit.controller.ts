import { Controller, Get, Inject } from '@nestjs/common';
import { Caller, Described, json, StaffRoute, type StaffCaller } from '#web';
import { memberNames } from '../members/member-names.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { UNIT_SCHEMA, unitView, type UnitView } from './unit.view.ts';

const EXAMPLE: UnitView = {
  slug: 'fleet',
  title: 'Fleet',
  functionId: 'F2',
  referencePrefix: 'FLT',
  me: { person: 'fleet.caseworker', name: 'Fleet caseworker', role: 'caseworker' },
  forces: [{ slug: 'bedfordshire', name: 'Bedfordshire Police' }],
  people: [{ person: 'fleet.caseworker', name: 'Fleet caseworker' }],
  types: [
    {
      name: 'vehicle-repair',
      version: 1,
      title: 'Repair a vehicle',
      decision: 'one-person',
      lawEnforcement: false,
      payload: { type: 'object', properties: { vrm: { type: 'string' } } },
      answer: { title: 'Repair a vehicle', type: 'object', properties: { workDone: { type: 'string' } } },
      milestones: [{ name: 'made-safe', title: 'Made safe' }],
      clocks: [{ name: 'respond', title: 'Respond' }],
      newest: true,
    },
  ],
};

/** GET /v1/unit describes the unit, its types and the caller, so that a program for staff asks only once. */
@Controller('v1/unit')
export class UnitController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'readUnit',
    summary: 'Read what the unit works on and who you are here',
    details:
      'Every declared version of every request type, with the schemas of its payload and its answer. ' +
      'Requests may have any of these versions; new ones have the newest.',
    answers: { 200: { means: 'The unit', content: json(UNIT_SCHEMA, EXAMPLE) } },
  })
  async read(@Caller() caller: StaffCaller): Promise<UnitView> {
    return unitView(this.unit, caller, await memberNames(this.unit, caller));
  }
}
