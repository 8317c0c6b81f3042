import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BothSides } from '../../apps/intake/src/doors/force-messages/both-sides.fixture.ts';
import { HANDLERS, handlersWithThanks, ROOT, TABLE, tableWithThanks } from './added-force-message.fixture.ts';

mkdirSync(join(ROOT, '.data/tmp'), { recursive: true });
const copies = mkdtempSync(join(ROOT, '.data/tmp/force-message-'));

/** Puts another text in the place of a module; what it imports beside itself stays. */
function replaceModule(path: string, text: string): void {
  const copy = join(copies, basename(path));
  writeFileSync(
    copy,
    text.replaceAll(/from '(\.\.?\/[^']+)'/g, (_, to: string) => `from '${join(dirname(path), to)}'`),
  );
  jest.unstable_mockModule(path, () => import(copy) as Promise<object>);
}

let both: BothSides;
let submission: (typeof import('../../apps/intake/src/intake.fixture.ts'))['submission'];
let openApi: {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly operationId?: string } }>>;
};
beforeAll(async () => {
  replaceModule(TABLE, tableWithThanks());
  replaceModule(HANDLERS, handlersWithThanks());
  const { startBothSides } = await import('../../apps/intake/src/doors/force-messages/both-sides.fixture.ts');
  ({ submission } = await import('../../apps/intake/src/intake.fixture.ts'));
  const { intakeDocuments } = await import('#intake');
  both = await startBothSides();
  openApi = intakeDocuments([both.definition]).openApi;
});
afterAll(async () => {
  await both?.stop();
  rmSync(copies, { recursive: true, force: true });
});

describe('a message of forces that is one entry of the table and one handler', () => {
  it('has a route and a Kafka message, goes to the unit, and is settled', async () => {
    const { decodeEnvelope, forceRequestsTopic } = await import('#contracts');
    const { newId } = await import('#kernel');
    const { arriveBatch } = await import('#unit');
    const { intake, unitSide } = both;
    const [id] = (await both.queued(1)) as [string];
    const overRest = await intake.send('POST', `/v1/requests/${id}/thanks`, {
      key: newId(),
      body: { message: 'By REST.' },
    });
    expect(overRest).toMatchObject({ status: 202, body: { requestId: id, changeId: expect.any(String) } });
    await intake.publish(forceRequestsTopic(intake.force), [
      submission({ requestId: id, message: 'By Kafka.' }, { type: 'concordat.thank-unit.v1' }),
    ]);
    const deliveries = await both.fromIntake(2, [id]);
    expect(deliveries.map(({ message }) => decodeEnvelope(message).type)).toEqual([
      'concordat.thanks-given.v1',
      'concordat.thanks-given.v1',
    ]);
    await arriveBatch(unitSide.unit, deliveries);
    expect(await unitSide.rows('select text from note where request_id = $1 order by text', [id])).toEqual([
      { text: 'By Kafka.' },
      { text: 'By REST.' },
    ]);
    await both.tellForce();
    expect((await both.settled(id))['changes']).toMatchObject([
      { kind: 'thank', state: 'done' },
      { kind: 'thank', state: 'done' },
    ]);
  });

  it('is refused like any other: with a fault of its body, and for a request of another force', async () => {
    const { newId } = await import('#kernel');
    const [id] = (await both.queued(1)) as [string];
    const thank = (body: object, force: string) =>
      both.intake.send('POST', `/v1/requests/${id}/thanks`, { key: newId(), body, force });
    expect((await thank({ reason: 'None.' }, both.intake.force)).body['code']).toBe('invalid-request');
    expect((await thank({ message: 'Well done.' }, both.intake.other)).status).toBe(404);
  });

  it('stands in the description, and the client of a force knows its route', async () => {
    expect(openApi.paths['/v1/requests/{id}/thanks']?.post?.operationId).toBe('thankUnit');
    const { intakeTypes } = await import('../generators/client-types.ts');
    expect(await intakeTypes(openApi)).toContain(`thank: '/v1/requests/{id}/thanks'`);
  });
});
