import { expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { QUEUE_PARAMETERS, type RequestType } from '#unit';
import { STAFF_ROLES } from '#web';
import type { RunningUnit } from './describe-unit.running.ts';
import { routesOf, toldApart, triedByEverybody, type RouteCaller } from './every-route.ts';
import { askedHostilely } from './hostile-text.ts';
import { ignoredInputs } from './ignored-inputs.ts';

/** The routes that anybody may read: they have the unit's health and its description only. */
const OPEN = ['/docs', '/docs/:*', '/health/live', '/health/ready', '/health/startup', '/openapi.json'];

/**
 * Tries every route of the running unit as every kind of caller. The surrounding `describe` runs the unit.
 */
export function describeStrangers(running: () => RunningUnit): void {
  it('lets in at each of its routes exactly those whom the route names', async () => {
    const { app, definition, forces, identity } = running();
    const token = (unit: string, role: (typeof STAFF_ROLES)[number]) =>
      identity.staffToken({ unit, role, forces, person: `${role}-at-doors` });
    const staff = STAFF_ROLES.map(async (role): Promise<RouteCaller[]> => [
      { name: role, token: await token(definition.slug, role), speaksAs: { role } },
      { name: `${role} of another unit`, token: await token('another-unit', role), speaksAs: 'stranger' },
    ]);
    const callers: RouteCaller[] = [
      { name: 'nobody', speaksAs: 'nobody' },
      {
        name: 'a person of a force',
        token: await identity.forcePersonToken(forces[0]),
        speaksAs: 'force-person',
      },
      ...(await Promise.all(
        forces.map(async (force) => ({
          name: force,
          token: await identity.forceToken(force),
          speaksAs: 'force' as const,
        })),
      )),
      ...(await Promise.all(staff)).flat(),
    ];
    const { tried, wrong } = await triedByEverybody(app, callers);
    expect(wrong).toEqual([]);
    expect(tried).toBe(routesOf(app).length * callers.length);
    const open = routesOf(app).filter(({ method, policy }) => method === 'GET' && policy?.kind === 'open');
    expect(open.map(({ path }) => path).sort()).toEqual(OPEN);
  });

  it('refuses at every route a precondition or parameter that nobody would read, and one that is given twice', async () => {
    const { app, definition, forces, identity } = running();
    const token = await identity.staffToken({
      unit: definition.slug,
      role: 'supervisor',
      forces,
      person: 'supervisor-at-doors',
    });
    const { tried, ignored } = await ignoredInputs(app, token);
    expect(ignored).toEqual([]);
    expect(tried).toBeGreaterThan(3 * routesOf(app).length);
  });

  it('answers about another force’s request as about one that never was, at every address', async () => {
    const unit = running();
    const [north, middle] = unit.forces;
    const [type] = unit.definition.requestTypes as readonly [RequestType];
    const id = await unit.submit({ force: north, type });
    const supervisor = await unit.staff('supervisor');
    const { unitReference } = await supervisor.read(id);
    const token = await unit.identity.staffToken({
      unit: unit.definition.slug,
      role: 'supervisor',
      forces: [middle],
      person: 'of-the-middle',
    });
    const commands = [
      'claim',
      'note',
      'assign',
      'propose',
      'answer',
      'release',
      'hold',
      'resume',
      'ask',
      'decline',
    ];
    const bodies = { 'POST /v1/requests/:*/:*': { text: 'x' } };
    const { absent, apart } = await toldApart(unit.app, {
      token,
      foreign: [id, unitReference],
      commands,
      bodies,
    });
    expect(apart).toEqual([]);
    expect(absent).toBeGreaterThanOrEqual(2 * commands.length);
    expect(await supervisor.read(id)).toMatchObject({ version: 1, state: 'queued' });
    // The call for many requests answers the same.
    const stranger = await unit.staff('supervisor', { person: 'of-the-middle', forces: [middle] });
    const never = newId();
    const { body } = await stranger.post('/v1/changes', {
      changes: [id, never].map((request) => ({ request, command: 'claim' })),
    });
    const [theirs, nobodys] = body.results as [{ status: number }, object];
    expect(theirs.status).toBe(404);
    expect(JSON.stringify(theirs).replaceAll(id, '')).toBe(JSON.stringify(nobodys).replaceAll(never, ''));
  });

  it('takes hostile text in every address and filter for text: no fault of its own, and nothing of another force', async () => {
    const unit = running();
    const [north, middle] = unit.forces;
    const [type] = unit.definition.requestTypes as readonly [RequestType];
    const forceReference = `SEEN-${newId()}`;
    const id = await unit.submit({ force: north, type, forceReference });
    const token = await unit.identity.staffToken({
      unit: unit.definition.slug,
      role: 'supervisor',
      forces: [middle],
      person: 'of-the-middle',
    });
    const { tried, wrong } = await askedHostilely(unit.app, {
      token,
      parameters: Object.keys(QUEUE_PARAMETERS),
      secrets: [forceReference, id],
    });
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });
}
