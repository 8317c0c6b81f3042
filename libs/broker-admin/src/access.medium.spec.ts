import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accessRulesOf,
  AGREEMENTS_TOPIC,
  principalsOf,
  serviceGroupPrefix,
  topicsOf,
  type Topic,
} from '#contracts';
import {
  adminKafka,
  createKafkaUsers,
  createTopics,
  deleteTopics,
  eventually,
  grantAccess,
  kafkaAs,
  uniqueSlug,
} from '#testing';
import { clusterOf } from './alter-users.ts';

/**
 * The calls of a kafkajs broker connection. An attacker would make them without asking for metadata first.
 */
interface Wire {
  metadata(topics: string[]): Promise<unknown>;
  produce(call: object): Promise<unknown>;
  fetch(call: object): Promise<unknown>;
  createTopics(call: object): Promise<unknown>;
  createPartitions(call: object): Promise<unknown>;
  deleteTopics(call: object): Promise<unknown>;
  alterConfigs(call: object): Promise<unknown>;
  joinGroup(call: object): Promise<unknown>;
  deleteGroups(groupIds: string[]): Promise<{ results: { error?: Error }[] }>;
  createAcls(call: object): Promise<unknown>;
  describeConfigs(call: object): Promise<unknown>;
  deleteRecords(call: object): Promise<unknown>;
  initProducerId(call: object): Promise<unknown>;
}

const TOPIC = 2;
const OPERATIONS = {
  describe: (wire, topic) => wire.metadata([topic]),
  read: (wire, topic) =>
    wire.fetch({
      isolationLevel: 1,
      maxWaitTime: 1,
      minBytes: 0,
      topics: [{ topic, partitions: [{ partition: 0, fetchOffset: '0', maxBytes: 1 }] }],
    }),
  write: (wire, topic) =>
    wire.produce({
      topicData: [
        {
          topic,
          partitions: [{ partition: 0, messages: [{ key: 'k', value: 'v', timestamp: '1', headers: {} }] }],
        },
      ],
    }),
  create: (wire, topic) =>
    wire.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], validateOnly: true }),
  enlarge: (wire, topic) =>
    wire.createPartitions({ topicPartitions: [{ topic, count: 9 }], validateOnly: true }),
  alter: (wire, topic) =>
    wire.alterConfigs({
      resources: [{ type: TOPIC, name: topic, configEntries: [{ name: 'retention.ms', value: '1' }] }],
      validateOnly: true,
    }),
  'read settings': (wire, topic) =>
    wire.describeConfigs({ resources: [{ type: TOPIC, name: topic, configNames: [] }] }),
  // kafkajs puts the reason one level deeper.
  empty: (wire, topic) =>
    wire
      .deleteRecords({ topics: [{ topic, partitions: [{ partition: 0, offset: '0' }] }] })
      .catch((error: unknown) => {
        throw (error as { partitions?: { error: Error }[] }).partitions?.[0]?.error ?? error;
      }),
  delete: (wire, topic) => wire.deleteTopics({ topics: [topic] }),
} satisfies Record<string, (wire: Wire, topic: string) => Promise<unknown>>;
type Operation = keyof typeof OPERATIONS;

const forces = [uniqueSlug('north'), uniqueSlug('middle'), uniqueSlug('south')];
const units = [uniqueSlug('fleet'), uniqueSlug('legal')];
const sandboxes = [uniqueSlug('sandbox')];
const topology = { forces, sandboxes, units };
const services = { intake: uniqueSlug('intake'), collaboration: uniqueSlug('collaboration') };
const agreements = uniqueSlug('agreements');
const nobody = uniqueSlug('nobody');

/** Gives fixed names a unique variant, because other tests use the same broker. */
const own = (name: string): string => {
  for (const [service, unique] of Object.entries(services)) {
    if (name === service) return unique;
    if (name === serviceGroupPrefix(service)) return serviceGroupPrefix(unique);
  }
  return name === AGREEMENTS_TOPIC ? agreements : name;
};
const topics = topicsOf(topology).map((topic) => ({ ...topic, name: own(topic.name) }));
const principals = [...principalsOf(topology).map(own), nobody];

const wires = new Map<string, { wire: Wire; close: () => Promise<void> }>();
let passwords: Map<string, string>;

async function connect(
  principal: string,
  password: string,
): Promise<{ wire: Wire; close: () => Promise<void> }> {
  const cluster = clusterOf(kafkaAs(principal, password));
  await cluster.connect();
  await cluster.refreshMetadata();
  return {
    wire: (await cluster.findControllerBroker()) as unknown as Wire,
    close: () => cluster.disconnect(),
  };
}

/** Returns the broker's decision. A call that fails for any other reason fails the test. */
async function verdict(call: Promise<unknown>, ...alsoAllowed: string[]): Promise<'allowed' | 'denied'> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const { type, errors } = error as { type?: string; errors?: { type?: string }[] };
    const reason = type ?? errors?.[0]?.type ?? '';
    if (/^(?:TOPIC|GROUP|CLUSTER|TRANSACTIONAL_ID)_AUTHORIZATION_FAILED$/.test(reason)) return 'denied';
    if (alsoAllowed.includes(reason)) return 'allowed';
    throw error;
  }
}

/** Throws the error of the call as the others do. kafkajs returns it as a result instead. */
async function deleteGroup(wire: Wire, groupId: string): Promise<void> {
  const [result] = (await wire.deleteGroups([groupId])).results;
  if (result?.error) throw result.error;
}

/**
 * Derives from the declaration of a topic what a principal may do, without the access list, so that the test
 * does not repeat its faults.
 */
function declaredOperations(topic: Topic, principal: string): Operation[] {
  const means = (pattern: string): boolean => {
    if (pattern === '{every unit}')
      return units.includes(principal) && !sandboxes.includes(topic.force ?? '');
    if (pattern === 'force-{force}') return principal === `force-${topic.force ?? ''}`;
    if (pattern === '{unit}') return principal === topic.unit;
    return principal === own(pattern);
  };
  const [writes, reads] = [topic.declaration.publishers.some(means), topic.declaration.consumers.some(means)];
  return [
    ...(writes || reads ? ['describe' as const] : []),
    ...(reads ? ['read' as const] : []),
    ...(writes ? ['write' as const] : []),
  ];
}

/** Tries the calls of every principal: principals in parallel, the calls of each one in sequence. */
async function tryAll<Result>(
  attempt: (wire: Wire, principal: string) => Promise<Result>,
): Promise<Record<string, Result>> {
  const tried = [...wires].map(
    async ([principal, { wire }]) => [principal, await attempt(wire, principal)] as const,
  );
  return Object.fromEntries(await Promise.all(tried));
}

beforeAll(async () => {
  await createTopics(
    topics.map(({ name }) => name),
    1,
  );
  passwords = await createKafkaUsers(principals);
  await grantAccess(
    accessRulesOf(topology).map((rule) => ({
      ...rule,
      principal: own(rule.principal),
      name: own(rule.name),
    })),
  );
  for (const principal of principals)
    wires.set(principal, await eventually(() => connect(principal, passwords.get(principal) ?? '')));
  const isThere = (topic: Topic, principal: string) =>
    verdict((wires.get(principal) as { wire: Wire }).wire.metadata([topic.name]));
  for (const topic of topics) {
    const principal = principals.find((name) => declaredOperations(topic, name).length > 0) ?? '';
    await eventually(async () => (await isThere(topic, principal)) === 'allowed', {
      says: `the access of ${principal} to ${topic.name}`,
    });
  }
});
afterAll(async () => {
  for (const { close } of wires.values()) await close();
  await deleteTopics(topics.map(({ name }) => name));
});

describe('the broker', () => {
  it('lets every principal use every topic as its declaration says, and in no other way', async () => {
    const done = await tryAll(async (wire) => {
      const may: Record<string, string[]> = {};
      for (const { name } of topics) {
        may[name] = [];
        for (const [operation, attempt] of Object.entries(OPERATIONS)) {
          if ((await verdict(attempt(wire, name), 'TOPIC_ALREADY_EXISTS')) === 'allowed')
            may[name].push(operation);
        }
      }
      return may;
    });
    const declared = Object.fromEntries(
      principals.map((principal) => [
        principal,
        Object.fromEntries(topics.map((topic) => [topic.name, declaredOperations(topic, principal)])),
      ]),
    );
    expect(done).toEqual(declared);
  });

  it('lets every principal join only groups with its own prefix, and delete none', async () => {
    const prefixOf = (principal: string): string => {
      const force = [...forces, ...sandboxes].find((name) => principal === `force-${name}`);
      return force === undefined ? serviceGroupPrefix(principal) : `${force}.`;
    };
    const owners = principals.filter((principal) => principal !== nobody);
    const group = {
      sessionTimeout: 10_000,
      rebalanceTimeout: 10_000,
      groupProtocols: [{ name: 'any', metadata: Buffer.alloc(0) }],
    };
    // A new broker creates its topic of groups only when a client looks for a coordinator.
    const admin = adminKafka().admin();
    await admin.connect();
    await admin.describeGroups([uniqueSlug('group')]);
    await admin.disconnect();
    const joined = await tryAll(async (wire) => {
      const may: string[] = [];
      for (const owner of owners) {
        const groupId = `${prefixOf(owner)}of-a-test`;
        // A new broker answers "not the coordinator" until it has loaded its groups.
        const join = await eventually(() =>
          verdict(wire.joinGroup({ ...group, groupId }), 'MEMBER_ID_REQUIRED'),
        );
        if (join === 'allowed') may.push(owner);
        const remove = await eventually(() =>
          verdict(deleteGroup(wire, groupId), 'NON_EMPTY_GROUP', 'GROUP_ID_NOT_FOUND'),
        );
        if (remove === 'allowed') may.push(`delete ${owner}`);
      }
      return may;
    });
    expect(joined).toEqual(
      Object.fromEntries(principals.map((principal) => [principal, principal === nobody ? [] : [principal]])),
    );
  });

  it('lets no principal grant itself more rights, create a topic or write in transactions', async () => {
    const mine = (principal: string) => ({
      acl: [
        {
          resourceType: TOPIC,
          resourceName: topics[0]?.name,
          resourcePatternType: 3,
          principal: `User:${principal}`,
          host: '*',
          operation: 2,
          permissionType: 3,
        },
      ],
    });
    const got = await tryAll(async (wire, principal) => [
      await verdict(wire.createAcls(mine(principal))),
      await verdict(OPERATIONS.create(wire, uniqueSlug('force.new'))),
      await verdict(wire.initProducerId({ transactionalId: principal, transactionTimeout: 10_000 })),
    ]);
    expect(got).toEqual(
      Object.fromEntries(principals.map((principal) => [principal, ['denied', 'denied', 'denied']])),
    );
  });

  it('refuses a wrong password and an unknown user', async () => {
    const force = `force-${forces[0] ?? ''}`;
    await expect(connect(force, 'wrong')).rejects.toMatchObject({ name: 'KafkaJSSASLAuthenticationError' });
    await expect(connect(uniqueSlug('stranger'), passwords.get(force) ?? '')).rejects.toMatchObject({
      name: 'KafkaJSSASLAuthenticationError',
    });
  });
});
