import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { accessRulesOf, decodeEnvelope, expectMessage, type AgreementPublished } from '#contracts';
import { readTopic } from '#messaging';
import {
  callOverHttp,
  createKafkaUsers,
  createServiceDatabase,
  createTopics,
  deleteTopics,
  eventually,
  grantAccess,
  kafkaAs,
  ignoredInputs,
  routesOf,
  testServers,
  triedByEverybody,
  uniqueSlug,
  type ServiceDatabase,
} from '#testing';
import { CONNECTION_LIMITS, createService } from '#web';
import { createCollaboration } from './collaboration.service.ts';
import { COLLABORATION_MIGRATIONS } from './schema/collaboration.migrations.ts';

const servers = testServers();
const settings = {
  brokers: servers.kafkaBrokers.split(','),
  ...servers.kafkaAdmin,
  tls: false,
  clientId: 'test',
  log: () => undefined,
};
/** This test has its own topic, because collaboration ends every agreement that is not in its catalogue. */
const topic = uniqueSlug('agreements');
const [first, second] = [uniqueSlug('alpha'), uniqueSlug('beta')];
const quiet = { log: () => undefined };

type Draft = { functions: Record<string, unknown>[]; agreements: Record<string, unknown> };

/** The service runs as this principal, which has only the rights of `collaboration` on this topic. */
const principal = uniqueSlug('collaboration');
let password: string;
let database: ServiceDatabase;
let folder: string;
let file: string;
let running: Awaited<ReturnType<typeof start>>;

async function start() {
  const config = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.appUrl,
    kafkaBrokers: settings.brokers,
    kafkaUsername: principal,
    kafkaPassword: password,
    kafkaTls: false,
    kafkaSessionSeconds: 30,
    identity: { issuer: 'https://identity.test.invalid', audience: 'urn:concordat:collaboration' },
    catalogue: file,
    logLevel: 'fatal',
    connections: CONNECTION_LIMITS,
  } as const;
  const service = await createCollaboration(config, { kafkaLog: quiet.log, topic });
  const { app } = await createService(service);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    get: async (path: string) =>
      JSON.parse((await callOverHttp(url, { method: 'GET', path })).text) as {
        items: Record<string, unknown>[];
      } & Record<string, unknown>,
    stop: async () => {
      await app.close();
      for (const step of service.drain) await step();
    },
  };
}

const write = async (change: (draft: Draft) => void): Promise<void> => {
  const draft = JSON.parse(
    await readFile(new URL('../../../deploy/catalogue.json', import.meta.url), 'utf8'),
  ) as Draft;
  for (const entry of draft.functions) {
    delete entry['unit'];
    delete entry['delegated'];
  }
  Object.assign(draft.functions[0] as object, { unit: first, delegated: ['a-type'] });
  Object.assign(draft.functions[1] as object, { unit: second });
  change(draft);
  await writeFile(file, JSON.stringify(draft));
};
const published = async (): Promise<AgreementPublished[]> =>
  (await readTopic(settings, topic, 'test.'))
    .flatMap((message) =>
      message.value === null
        ? []
        : [expectMessage(decodeEnvelope(message), ['concordat.agreement-published.v1']).value],
    )
    .filter(({ unit }) => unit === first || unit === second);
const edition = (unit: string, number: number): Promise<AgreementPublished> =>
  eventually(
    async () =>
      (await published()).find((agreement) => agreement.unit === unit && agreement.edition === number),
    {
      says: `edition ${number} of ${unit}`,
    },
  );

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createServiceDatabase({ service: 'collaboration', migrations: COLLABORATION_MIGRATIONS });
  await createTopics([topic], 1);
  password = (await createKafkaUsers([principal])).get(principal) ?? '';
  const rules = accessRulesOf({ forces: [], units: [] }).filter((rule) => rule.principal === 'collaboration');
  await grantAccess(
    rules.map((rule) => ({ ...rule, principal, name: rule.resource === 'topic' ? topic : rule.name })),
  );
  const admin = kafkaAs(principal, password).admin();
  await admin.connect();
  await eventually(async () => (await admin.fetchTopicOffsets(topic)).length === 1, {
    says: 'the access list',
  });
  await admin.disconnect();
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  file = join(folder, 'catalogue.json');
  await write(() => undefined);
  running = await start();
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  await rm(folder, { recursive: true });
  await deleteTopics([topic]);
});

describe('collaboration', () => {
  it('publishes one agreement for every function with a unit, with its delegations', async () => {
    const agreement = await edition(first, 1);
    expect(agreement).toMatchObject({
      agreementId: `demonstration.${first}`,
      status: 'live',
      demonstration: true,
      functionId: 'F1',
    });
    expect(agreement.delegations).toHaveLength(3);
    expect((await edition(second, 1)).delegations).toEqual([]);
  });

  it('shows everybody the 21 functions with states and sources, and the agreements without names', async () => {
    const { items, neverShared } = await running.get('/v1/functions');
    expect(items).toHaveLength(21);
    expect(items[5]).toEqual({
      id: 'F6',
      slug: 'professional-standards',
      title: 'professional standards',
      family: 'organisational',
      state: 'live',
      seeds: ['000', '001', '002'],
      unit: null,
    });
    expect(neverShared).toHaveLength(4);
    const agreements = (await running.get('/v1/agreements')).items;
    expect(agreements.find(({ unit }) => unit === first)).toMatchObject({ edition: 1, delegations: 3 });
    expect(JSON.stringify(agreements)).not.toContain('decision-maker');
  });

  it('has only routes that are open to everybody', async () => {
    const { tried, wrong } = await triedByEverybody(running.app, [{ name: 'nobody', speaksAs: 'nobody' }]);
    expect(wrong).toEqual([]);
    const routes = routesOf(running.app);
    expect(tried).toBe(routes.length);
    expect([...new Set(routes.map(({ method }) => method))].sort()).toEqual(['GET', 'HEAD']);
    expect(new Set(routes.map(({ policy }) => policy?.kind))).toEqual(new Set(['open']));
    expect(routes.map(({ path }) => path)).toContain('/v1/functions');
    expect((await ignoredInputs(running.app, 'none')).ignored).toEqual([]);
  });

  it('publishes nothing again after a restart', async () => {
    await running.stop();
    running = await start();
    expect((await running.get('/v1/agreements')).items.map(({ edition: number }) => number)).toEqual([1, 1]);
  });

  it('publishes a next edition only of changed agreements on SIGHUP', async () => {
    await write((draft) =>
      Object.assign(draft.functions[0] as object, {
        agreement: { participants: ['bedfordshire', 'hertfordshire'] },
      }),
    );
    process.emit('SIGHUP');
    expect((await edition(first, 2)).participants).toEqual(['bedfordshire', 'hertfordshire']);
    expect(
      (await published()).filter(({ unit }) => unit === second).map(({ edition: number }) => number),
    ).toEqual([1]);
  });

  it('notices a changed file, and ends agreements that are no longer in it', async () => {
    await write(
      (draft) =>
        delete (draft.functions[0] as Record<string, unknown>)['unit'] &&
        delete (draft.functions[0] as Record<string, unknown>)['delegated'],
    );
    expect((await edition(first, 3)).status).toBe('ended');
  });

  it('keeps the current agreements if the file is not valid', async () => {
    await writeFile(file, '{"functions": []}');
    process.emit('SIGHUP');
    await write((draft) =>
      Object.assign(draft.functions[1] as object, { agreement: { status: 'suspended' } }),
    );
    expect((await edition(second, 2)).status).toBe('suspended');
    expect((await running.get('/v1/functions')).items).toHaveLength(21);
  });

  it('continues from the editions of its readers after an older backup was restored: no revocation is lost', async () => {
    await running.stop();
    const newer = database;
    // The backup is from the first day, before anything was published. On the topic, the first agreement
    // ended at edition 3.
    database = await createServiceDatabase({
      service: 'collaboration',
      migrations: COLLABORATION_MIGRATIONS,
    });
    await newer.drop();
    // In the catalogue of that day both agreements are live; on the topic neither is any more.
    await write(() => undefined);
    running = await start();
    expect(await edition(first, 4)).toMatchObject({ status: 'live' });
    expect(await edition(second, 3)).toMatchObject({ status: 'live' });
    // An agreement on the topic that the catalogue lacks is ended, even if this database does not know it.
    await running.stop();
    const older = database;
    database = await createServiceDatabase({
      service: 'collaboration',
      migrations: COLLABORATION_MIGRATIONS,
    });
    await older.drop();
    await write((draft) => {
      for (const entry of draft.functions.slice(0, 1)) {
        delete entry['unit'];
        delete entry['delegated'];
      }
    });
    running = await start();
    expect((await edition(first, 5)).status).toBe('ended');
    // The other agreement is on the topic as in the catalogue, so it gets no new edition.
    expect((await running.get('/v1/agreements')).items.find(({ unit }) => unit === second)).toMatchObject({
      edition: 3,
    });
    expect((await published()).filter(({ unit, edition: number }) => unit === second && number > 3)).toEqual(
      [],
    );
  });
});
