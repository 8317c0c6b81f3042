import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database, databaseHealth, refuseUnsafeDatabase } from '#persistence';
import { Health, HealthController } from '#web';
import { BulkController } from './bulk/bulk.controller.ts';
import { deskAdapter, PUBLIC } from './desk.app.ts';
import { DESK_CONFIG, type DeskConfig } from './desk.config.ts';
import { ExportController } from './export/export.controller.ts';
import { UnsentTexts } from './drafts/unsent-texts.store.ts';
import { ForceListController } from './force/force-list.controller.ts';
import { ForceRequestController } from './force/force-request.controller.ts';
import { NewRequestController } from './force/new-request.controller.ts';
import { HelpController } from './help/help.controller.ts';
import { DeskFilter } from './desk.filter.ts';
import { IntakeDesk } from './intake/intake-desk.ts';
import { Pages } from './layout/page.ts';
import { LiveController } from './live/live.controller.ts';
import { QueueWatch } from './units/queue-watch.ts';
import { QualityController } from './quality/quality.controller.ts';
import { Preferences } from './preferences/preferences.store.ts';
import { Presence } from './presence/presence.store.ts';
import { LinksController } from './request/links.controller.ts';
import { RequestController } from './request/request.controller.ts';
import { RequestPages } from './request/request-pages.ts';
import { SavedViewsController } from './work/saved-views.controller.ts';
import { SavedViews } from './work/saved-views.store.ts';
import { DESK_MIGRATIONS } from './schema/desk.migrations.ts';
import { SearchController } from './search/search.controller.ts';
import { SignIn } from './sign-in/oidc.ts';
import { SessionGuard } from './session/session.guard.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { TeamController } from './team/team.controller.ts';
import { TidyUp } from './tidy-up/tidy-up.ts';
import { CannedTexts } from './texts/canned-texts.store.ts';
import { TextsController } from './texts/texts.controller.ts';
import { UnitDesks } from './units/unit-desks.ts';
import { WorkController } from './work/work.controller.ts';
import { WorkLists } from './work/work-lists.ts';

@Module({})
class DeskModule {}

/** The desk's application, which does not listen yet. */
export async function createDesk(config: DeskConfig): Promise<{
  readonly app: NestFastifyApplication;
  readonly health: Health;
  readonly drain: (() => Promise<void>)[];
}> {
  const database = await Database.open({
    url: config.databaseUrl,
    applicationName: 'concordat-desk',
    poolMax: 8,
  });
  const client = await database.connect();
  await refuseUnsafeDatabase(client).finally(() => client.release());
  const signIn = new SignIn(config);
  const desks = new UnitDesks(config.units, signIn);
  const health = new Health([databaseHealth(database, DESK_MIGRATIONS)]);
  const watch = new QueueWatch(desks);
  const tidyUp = new TidyUp(database, config);
  const nodeModules = dirname(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')));
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: DeskModule,
      imports: [DiscoveryModule],
      controllers: [
        HealthController,
        SignInController,
        WorkController,
        BulkController,
        ForceListController,
        NewRequestController,
        ForceRequestController,
        TeamController,
        QualityController,
        ExportController,
        LinksController,
        RequestController,
        SearchController,
        SavedViewsController,
        TextsController,
        HelpController,
        LiveController,
      ],
      providers: [
        { provide: DESK_CONFIG, useValue: config },
        { provide: Database, useValue: database },
        { provide: Health, useValue: health },
        { provide: SignIn, useValue: signIn },
        { provide: UnitDesks, useValue: desks },
        { provide: IntakeDesk, useValue: new IntakeDesk(config.intakeUrl, signIn) },
        { provide: QueueWatch, useValue: watch },
        { provide: Pages, useValue: new Pages(buildOf(), config.idleMinutes, config.sessionKey) },
        ...[WorkLists, RequestPages, SavedViews, CannedTexts, Presence, Preferences, UnsentTexts],
        { provide: APP_GUARD, useClass: SessionGuard },
        { provide: APP_FILTER, useClass: DeskFilter },
      ],
    },
    await deskAdapter(config, database, nodeModules),
    { bodyParser: false, abortOnError: false, bufferLogs: false },
  );
  await app.init();
  tidyUp.start();
  return {
    app,
    health,
    drain: [async () => watch.stop(), () => tidyUp.stop(), async () => desks.close(), () => database.close()],
  };
}

/** A mark of the built styles and scripts. */
function buildOf(): string {
  return readFileSync(join(PUBLIC, 'build.txt'), 'utf8').trim();
}
