import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forceEventsTopic, forceRequestsTopic, decodeEnvelope, type ProblemDetails } from '#contracts';
import { newId } from '#kernel';
import { eventually } from '#testing';
import { changeRequest, type StaffCommand } from '#unit';
import { repair, submission } from '../../intake.fixture.ts';
import { startBothSides, type BothSides } from './both-sides.fixture.ts';

/** Space, no-break space, zero-width space, word joiner, Hangul filler, braille blank. */
const BLANK = ' \u00a0\u200b\u2060\u3164\u2800';

let both: BothSides;
beforeAll(async () => {
  both = await startBothSides();
});
afterAll(() => both?.stop());

const blankRepair = (): Record<string, unknown> => {
  const sent = repair();
  return { ...sent, payload: { ...(sent['payload'] as object), description: BLANK } };
};
const faultsOf = ({ errors = [] }: Partial<ProblemDetails>): string[] =>
  errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('text without a visible character is refused, with its pointer,', () => {
  it('over REST: in a submission, and in every message about a request', async () => {
    const [id] = (await both.queued(1)) as [string];
    const said = async (path: string, body: object): Promise<unknown[]> => {
      const { status, body: problem } = await both.intake.send('POST', path, { key: newId(), body });
      return [status, ...faultsOf(problem)];
    };
    const of = `/v1/requests/${id}`;
    expect(await said('/v1/requests', blankRepair())).toEqual([422, '/payload/description visible']);
    expect(await said('/v1/requests', { ...repair(), origin: BLANK })).toEqual([400, '/origin visible']);
    expect(await said(`${of}/replies`, { message: BLANK })).toEqual([400, '/message visible']);
    expect(await said(`${of}/information`, { message: BLANK })).toEqual([400, '/message visible']);
    expect(await said(`${of}/withdraw`, { reason: BLANK })).toEqual([400, '/reason visible']);
    expect(await said(`${of}/reopen`, { reason: BLANK })).toEqual([400, '/reason visible']);
    expect(await said(`${of}/corrections`, { reason: BLANK, payload: { location: 'Yard' } })).toEqual([
      400,
      '/reason visible',
    ]);
    expect(await said(`${of}/corrections`, { reason: 'Wrong.', payload: { location: BLANK } })).toEqual([
      422,
      '/payload/location visible',
    ]);
  });

  it('in bulk, as NDJSON and as CSV', async () => {
    const upload = async (contentType: string, body: string): Promise<string[]> => {
      const token = await both.intake.identity.forceToken(both.intake.force);
      const headers = {
        authorization: `Bearer ${token}`,
        'idempotency-key': newId(),
        'content-type': contentType,
      };
      const job = (await (
        await fetch(`${both.intake.url}/v1/bulk`, { method: 'POST', headers, body })
      ).json()) as { results: string };
      const results = await (await fetch(`${both.intake.url}${job.results}`, { headers })).text();
      return faultsOf((JSON.parse(results) as { problem: ProblemDetails }).problem);
    };
    expect(await upload('application/x-ndjson', JSON.stringify(blankRepair()))).toEqual([
      '/payload/description visible',
    ]);
    const { type, payload } = repair() as { type: string; payload: Record<string, unknown> };
    const names = Object.keys(payload);
    const cells = names.map((name) => (name === 'location' ? BLANK : `"${String(payload[name])}"`));
    const csv = `reference,type,${names.map((name) => `payload.${name}`).join(',')}\n${newId()},${type},${cells.join(',')}\n`;
    expect(await upload('text/csv', csv)).toEqual(['/payload/location visible']);
  });

  it('over Kafka', async () => {
    const [id] = (await both.queued(1)) as [string];
    const reply = submission({ requestId: id, message: BLANK }, { type: 'concordat.reply-to-question.v1' });
    const messages = [submission(blankRepair()), reply];
    await both.intake.publish(forceRequestsTopic(both.intake.force), messages);
    const refused = await eventually(async () => {
      const told = (await both.intake.topic(forceEventsTopic(both.intake.force))).map((message) =>
        decodeEnvelope(message),
      );
      const ids = messages.map(({ headers }) => headers['ce_id']);
      const found = told.filter(({ value }) =>
        ids.includes((value as { messageId?: string }).messageId ?? ''),
      );
      return found.length === 2 && found;
    });
    const faults = refused.flatMap(({ value }) => faultsOf((value as { problem: ProblemDetails }).problem));
    expect(faults.sort()).toEqual(['/message visible', '/payload/description visible']);
  });

  it.each<[StaffCommand, object, string]>([
    ['ask', { question: BLANK }, '/question visible'],
    ['hold', { reason: BLANK }, '/reason visible'],
    ['note', { text: BLANK }, '/text visible'],
    ['decline', { reason: BLANK, belongsTo: 'Estates' }, '/reason visible'],
    ['decline', { reason: 'Not ours.', belongsTo: BLANK }, '/belongsTo visible'],
    ['assign', { assignee: BLANK }, '/assignee visible'],
    ['answer', { answer: { outcome: 'repaired', workDone: BLANK } }, '/answer/workDone visible'],
  ])('from staff: %s (%#)', async (command, body, fault) => {
    const [id] = (await both.queued(1)) as [string];
    const caller = {
      kind: 'staff',
      person: 'sam',
      name: 'Sam',
      unit: 'fleet',
      role: 'supervisor',
      forces: [both.intake.force],
    } as const;
    const as = (wanted: StaffCommand, version: number, sent?: object) =>
      changeRequest(both.unitSide.unit, { caller, reference: id, command: wanted, version, body: sent });
    await as('claim', 1);
    const refused = as(command, 2, body).then(
      () => [],
      ({ problem }: { problem: ProblemDetails }) => faultsOf(problem),
    );
    expect(await refused).toContain(fault);
  });
});
