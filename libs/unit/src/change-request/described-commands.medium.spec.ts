import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskMoves, RunningUnit, type StaffMember } from '#testing';
import { unitOpenApi } from '../describe-api/unit.open-api.ts';
import type { RequestType } from '../unit-definition.ts';
import { STAFF_COMMANDS, type StaffCommand } from './change-body.ts';

interface JsonContent {
  readonly example?: object;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

const document = unitOpenApi(deskMoves);
const [FIRST] = deskMoves.requestTypes as [RequestType];

/** The printed bodies of a command, by name. The name begins with the type if the body depends on it. */
function examplesOf(command: StaffCommand): (readonly [name: string, body: object])[] {
  const body = document.paths[`/v1/requests/{reference}/${command}`]?.['post']?.requestBody;
  const { example, examples = {} } = body?.content['application/json'] as JsonContent;
  return example
    ? [['', example]]
    : Object.entries(examples).map(([name, { value }]) => [name, value] as const);
}

/** Each example is sent to a running unit as it is printed, for a request that is ready for the command. */
describe('the description of the staff API', () => {
  let unit: RunningUnit;
  let caseworker: StaffMember;
  let supervisor: StaffMember;
  let decisionMaker: StaffMember;
  beforeAll(async () => {
    unit = await RunningUnit.start(deskMoves);
    caseworker = await unit.staff('caseworker', { person: `${deskMoves.slug}.caseworker` });
    supervisor = await unit.staff('supervisor');
    decisionMaker = await unit.staff('decision-maker');
    await caseworker.get('/v1/unit');
  }, 60_000);
  afterAll(() => unit?.stop(), 60_000);

  it.each(STAFF_COMMANDS)('prints bodies of %s that work', async (command) => {
    const examples = examplesOf(command);
    expect(examples.length).toBeGreaterThan(0);
    for (const [name, body] of examples) {
      const type = deskMoves.requestTypes.find((one) => name.startsWith(`${one.name}.v`)) ?? FIRST;
      const { id, by } = await readyFor(command, type);
      const reply = await by.do(command, id, body);
      expect([name, reply.status, reply.body.detail]).toEqual([name, 200, undefined]);
    }
  });

  async function readyFor(
    command: StaffCommand,
    type: RequestType,
  ): Promise<{ id: string; by: StaffMember }> {
    const decided = command === 'confirm' || command === 'return';
    const [, secondPerson] = deskMoves.requestTypes as [RequestType, RequestType];
    const wanted = decided ? secondPerson : type;
    const id = await unit.submit({ force: unit.forces[0], type: wanted });
    const first = async (did: StaffCommand, body?: object): Promise<void> =>
      expect(await caseworker.do(did, id, body)).toMatchObject({ status: 200 });
    if (command === 'claim') return { id, by: caseworker };
    if (command === 'assign') return { id, by: supervisor };
    await first('claim');
    if (command === 'resume') await first('hold', { reason: 'A reason.' });
    if (command === 'withdraw-question') await first('ask', { question: 'A question?' });
    if (!decided) return { id, by: caseworker };
    await first('propose', { answer: wanted.examples[0]?.answer });
    return { id, by: decisionMaker };
  }
});
