import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import pg from 'pg';
import { encodeEnvelope, forceGroupPrefix, unitRequestsTopic } from '#contracts';
import { eventually } from '#testing';
import { loadUnitDefinitions, type UnitDefinition } from '#unit';
import { findLeaksToRole } from './outside/across-forces.ts';
import { ForceSide } from './outside/force-side.ts';
import { RunningSystem } from './outside/running-system.ts';

const system = new RunningSystem();
const sides = system.forces.map((force) => new ForceSide(force, system));
const pairs = sides.flatMap((side) =>
  sides.filter((one) => one !== side).map((other) => ({ force: side.force, other: other.force, side })),
);
const definitions = await loadUnitDefinitions(system.units);
const submissionTo = ({ requestTypes: [type] }: UnitDefinition) => ({
  type: type?.name ?? '',
  reference: `proof-${randomUUID()}`,
  payload: type?.examples[0]?.payload ?? {},
});
const submission = () => submissionTo(definitions[0] as UnitDefinition);
const { payload } = submission();
const sideOf = (force: string): ForceSide => sides.find((side) => side.force === force) as ForceSide;

beforeAll(async () => {
  // Each force needs requests of its own, otherwise their absence elsewhere would prove nothing.
  for (const side of sides) {
    for (const definition of definitions) {
      const sent = submissionTo(definition);
      expect((await side.submit(sent)).status).toBe(201);
      await eventually(async () => (await side.find(sent.reference))?.state === 'queued', {
        says: 'a request in the queue',
      });
    }
  }
});
afterAll(async () => {
  await Promise.all(sides.map((side) => side.close()));
  system.close();
});

describe('the owning force comes from the credential or the topic, never from a claim in the message', () => {
  const claims = [
    {
      where: 'beside the payload',
      change: (other: string) => ({ owningForce: other }),
      status: 400,
      code: 'invalid-request',
    },
    {
      where: 'beside the payload',
      change: (other: string) => ({ force: other }),
      status: 400,
      code: 'invalid-request',
    },
    {
      where: 'in the payload',
      change: (other: string) => ({ payload: { ...payload, owningForce: other } }),
      status: 422,
      code: 'invalid-payload',
    },
    {
      where: 'in the payload',
      change: (other: string) => ({ payload: { ...payload, owning_force: other } }),
      status: 422,
      code: 'invalid-payload',
    },
  ];

  it.each(pairs)(
    '$force claims to be $other in the body: it is refused, and neither force has the request',
    async ({ side, other }) => {
      for (const { change, status, code } of claims) {
        const sent = { ...submission(), ...change(other) };
        expect(await side.submit(sent)).toMatchObject({ status, body: { code } });
        expect(await side.find(sent.reference)).toBeUndefined();
        expect(await sideOf(other).find(sent.reference)).toBeUndefined();
      }
    },
  );

  it.each(pairs)(
    '$force names $other in the address and is refused, or in a header and still owns its request',
    async ({ side, other }) => {
      const sent = submission();
      const headers = { force: other, 'x-force': other, 'ce-owningforce': other, ce_owningforce: other };
      expect((await side.post(`/v1/requests?force=${other}`, sent, randomUUID(), headers)).status).toBe(400);
      expect(await side.find(sent.reference)).toBeUndefined();
      expect((await side.post('/v1/requests', sent, randomUUID(), headers)).status).toBe(201);
      expect(await side.find(sent.reference)).toBeDefined();
      expect(await sideOf(other).find(sent.reference)).toBeUndefined();
    },
  );

  it.each(pairs)(
    '$force publishes as $other on its own topic: it is refused, kept for $force, and $other sees nothing',
    async ({ side, other }) => {
      const sent = submission();
      const id = randomUUID();
      const envelope = {
        id,
        source: `/force/${other}`,
        type: 'concordat.submit-request.v1',
        time: new Date().toISOString(),
        owningForce: other,
      };
      await side.publishRaw([encodeEnvelope({ ...envelope, value: sent }, sent.reference)]);
      const kept = await eventually(
        async () => (await side.listRefusals()).find(({ messageId }) => messageId === id),
        { says: 'the refusal' },
      );
      expect(kept).toMatchObject({ code: 'not-allowed', reference: sent.reference });
      expect((await sideOf(other).listRefusals()).some(({ messageId }) => messageId === id)).toBe(false);
      expect(await side.find(sent.reference)).toBeUndefined();
      expect(await sideOf(other).find(sent.reference)).toBeUndefined();
    },
  );

  it('every force may use the same reference for a request of its own', async () => {
    const sent = submission();
    for (const side of sides) expect((await side.submit(sent)).status).toBe(201);
    const ids = await Promise.all(sides.map(async (side) => (await side.find(sent.reference))?.id));
    expect(new Set(ids).size).toBe(sides.length);
  });
});

describe('Kafka, for a force’s own principal', () => {
  it.each(pairs)('does not let $force read the events of $other', async ({ side, other }) => {
    await expect(
      follow(side.createKafkaClient(), sideOf(other).eventsTopic, `${side.groupPrefix}spy-${randomUUID()}`),
    ).rejects.toThrow(DENIED);
  });

  it.each(pairs)(
    'does not let $force write to the requests topic or the events topic of $other',
    async ({ side, other }) => {
      await expect(write(side.createKafkaClient(), sideOf(other).requestsTopic)).rejects.toThrow(DENIED);
      await expect(write(side.createKafkaClient(), sideOf(other).eventsTopic)).rejects.toThrow(DENIED);
    },
  );

  it.each(pairs)('does not let $force join a consumer group of $other', async ({ side, other }) => {
    await expect(
      follow(side.createKafkaClient(), side.eventsTopic, `${forceGroupPrefix(other)}spy-${randomUUID()}`),
    ).rejects.toThrow(DENIED);
  });

  it.each(sides.map((side) => ({ force: side.force, side })))(
    'does not let $force write its own events, read its own requests, or use the topics of units and agreements',
    async ({ side }) => {
      const client = side.createKafkaClient();
      await expect(write(client, side.eventsTopic)).rejects.toThrow(DENIED);
      await expect(
        follow(client, side.requestsTopic, `${side.groupPrefix}spy-${randomUUID()}`),
      ).rejects.toThrow(DENIED);
      for (const topic of [...system.units.map(unitRequestsTopic), 'collaboration.agreements.v1']) {
        await expect(write(client, topic)).rejects.toThrow(DENIED);
        await expect(follow(client, topic, `${side.groupPrefix}spy-${randomUUID()}`)).rejects.toThrow(DENIED);
      }
    },
  );

  it.each(sides.map((side) => ({ force: side.force, side })))(
    'lets $force read its events and write its requests, so the denials above are meaningful',
    async ({ side }) => {
      await expect(
        follow(side.createKafkaClient(), side.eventsTopic, `${side.groupPrefix}spy-${randomUUID()}`),
      ).resolves.toBe('followed');
      await expect(write(side.createKafkaClient(), side.requestsTopic)).resolves.toBe('written');
    },
  );
});

const DENIED = /not authorized|authorization failed|group coordinator/i;

async function write(client: Kafka, topic: string): Promise<'written'> {
  const producer = client.producer({ retry: { retries: 0 } });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ key: 'proof', value: '{}' }] });
    return 'written';
  } finally {
    await producer.disconnect();
  }
}

/** Resolves when the member has joined the group and read once. Rejects with the reason otherwise. */
async function follow(client: Kafka, topic: string, groupId: string): Promise<'followed'> {
  const consumer = client.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 0 } });
  const outcome = Promise.withResolvers<'followed'>();
  consumer.on('consumer.fetch', () => outcome.resolve('followed'));
  consumer.on('consumer.crash', ({ payload: { error } }) => outcome.reject(error));
  // Either promise may reject first, so an unhandled rejection of this one is prevented here.
  outcome.promise.catch(() => undefined);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ eachMessage: async () => undefined });
    return await outcome.promise;
  } finally {
    await consumer.disconnect();
  }
}

describe('SQL, in the role that the service runs as', () => {
  const services = ['intake', ...system.units];
  let clients: Map<string, pg.Client>;

  beforeAll(async () => {
    clients = new Map();
    for (const service of services) {
      const client = new pg.Client({ connectionString: system.applicationUrl(service) });
      await client.connect();
      clients.set(service, client);
    }
  });
  afterAll(async () => {
    for (const client of clients.values()) await client.end();
  });

  const as = async <Result>(
    service: string,
    force: string | undefined,
    work: (client: pg.Client) => Promise<Result>,
  ): Promise<Result> => {
    const client = clients.get(service) as pg.Client;
    await client.query('begin');
    try {
      if (force !== undefined) await client.query(`select set_config('concordat.forces', $1, true)`, [force]);
      return await work(client);
    } finally {
      await client.query('rollback');
    }
  };
  it.each(services)(
    '%s: an owned table shows no row without a force set, and only the force’s own rows with one set',
    async (service) => {
      expect(await findLeaksToRole(system, service)).toEqual([]);
    },
  );

  it('shows each force its own rows, so the absence of other rows is meaningful', async () => {
    for (const service of services) {
      for (const force of system.forces) {
        expect(await as(service, force, (client) => count(client, 'request'))).toBeGreaterThan(0);
      }
    }
  });

  it.each(services)(
    '%s: no row can be written for another force, given to it or taken from it',
    async (service) => {
      const [force, other] = system.forces as [string, string];
      const insert = (client: pg.Client) =>
        client.query(`insert into inbox (owning_force, message_id, content_hash) values ($1, $2, 'x')`, [
          other,
          randomUUID(),
        ]);
      await expect(as(service, force, insert)).rejects.toThrow(/row-level security/);
      const table = service === 'intake' ? 'progress' : 'task';
      const give = (client: pg.Client) => client.query(`update ${table} set owning_force = $1`, [other]);
      await expect(as(service, force, give)).rejects.toThrow(/never changes|row-level security/);
      const take = await as(service, force, (client) =>
        client.query(`update ${table} set owning_force = $1 where owning_force = $2`, [force, other]),
      );
      expect(take.rowCount).toBe(0);
    },
  );

  it.each(services)(
    '%s: the role can neither switch row security off nor see another service’s database',
    async (service) => {
      await as(service, system.forces[0], async (client) => {
        await client.query('set local row_security = off');
        await expect(client.query('select count(*) from request')).rejects.toThrow(/row-level security/);
      });
      const elsewhere = new URL(system.applicationUrl(service));
      elsewhere.pathname = new URL(
        system.applicationUrl(service === 'intake' ? 'collaboration' : 'intake'),
      ).pathname;
      const client = new pg.Client({ connectionString: elsewhere.href });
      await expect(client.connect()).rejects.toThrow(/permission denied/);
    },
  );

  async function count(client: pg.Client, from: string): Promise<number> {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${from}`);
    return rows[0]?.n ?? 0;
  }
});
