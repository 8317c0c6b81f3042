import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpCode, Logger, Module, Param, Post, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Refusal } from '#contracts';
import { newId } from '#kernel';
import { createService, ForceRoute, StaffRoute, type HttpReply } from '#web';
import { routesOf, toldApart, triedByEverybody } from './every-route.ts';
import { testIdentity } from './test-identity.ts';

const theirs = newId();

@Controller('v1/things')
class Routes {
  @Get()
  @ForceRoute()
  list(): string[] {
    return [];
  }

  /** Says by a header that it is there. */
  @Get(':id')
  @ForceRoute()
  read(@Param('id') id: string, @Res({ passthrough: true }) reply: HttpReply): never {
    if (id === theirs) reply.header('etag', '"7"');
    throw new Refusal('not-found', 'No thing of this force has that id.');
  }

  @Get(':other/parts')
  @ForceRoute()
  parts(): never {
    throw new Refusal('not-found', 'No thing of this force has that id.');
  }

  /** Declares less than it asks for. */
  @Post(':id/close')
  @HttpCode(200)
  @StaffRoute()
  close(): never {
    throw new Refusal('not-allowed', 'Not today.');
  }
}
@Module({ controllers: [Routes] })
class Parts {}

describe('a walk through every route', () => {
  let app: NestFastifyApplication;
  let force: string;
  let staff: string;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    const identity = await testIdentity({ service: 'test' });
    const beforeListen = async (service: NestFastifyApplication) =>
      void service
        .getHttpAdapter()
        .getInstance()
        .get('/beside', () => 'everything');
    ({ app } = await createService({
      module: Parts,
      identity: identity.identity,
      health: [],
      drain: [],
      beforeListen,
    }));
    await app.getHttpAdapter().getInstance().ready();
    force = await identity.forceToken('north');
    staff = await identity.staffToken({ unit: 'fleet', role: 'caseworker', forces: [] });
  });
  afterAll(() => app.close());

  it('finds them in the router, with what each declares', () => {
    const found = routesOf(app).map(({ method, path, policy }) => `${method} ${path} ${policy?.kind}`);
    expect(found.filter((route) => !route.includes('/health/')).sort()).toEqual([
      'GET /beside undefined',
      'GET /v1/things force',
      'GET /v1/things/:* force',
      'GET /v1/things/:*/parts force',
      'HEAD /beside undefined',
      'HEAD /v1/things force',
      'HEAD /v1/things/:* force',
      'HEAD /v1/things/:*/parts force',
      'POST /v1/things/:*/close staff',
    ]);
  });

  it('tells of a route that declares nothing, and of one that does not do what it declares', async () => {
    const { tried, wrong } = await triedByEverybody(app, [
      { name: 'a force', token: force, speaksAs: 'force' },
      { name: 'a caseworker', token: staff, speaksAs: { role: 'caseworker' } },
      { name: 'nobody', speaksAs: 'nobody' },
    ]);
    expect(wrong.sort()).toEqual([
      'GET /beside says nothing of who may call it',
      'HEAD /beside says nothing of who may call it',
      'POST /v1/things/:*/close as a caseworker: 403, not let in',
    ]);
    expect(tried).toBe((routesOf(app).length - 2) * 3);
  });

  it('tells of an answer that gives away what is there', async () => {
    const { absent, apart } = await toldApart(app, { token: force, foreign: [theirs] });
    expect(apart.map((line) => line.split(' : ')[0])).toEqual(['GET /v1/things/:*', 'HEAD /v1/things/:*']);
    expect(absent).toBe(4);
  });
});
