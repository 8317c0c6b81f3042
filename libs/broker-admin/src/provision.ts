import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import { accessRulesOf, forcePrincipal, principalsOf, topicsOf, type Topology, type Topic } from '#contracts';
import { aclOf } from './access.ts';
import { createTopics } from './create-topics.ts';
import { produceQuotasFrom, quotaOf, setProduceQuotas, type ProduceQuotas } from './quotas.ts';
import { setScramUsers } from './scram-users.ts';

export interface BrokerAddress {
  readonly brokers: readonly string[];
  /** A super user: it creates users, topics and access lists. */
  readonly username: string;
  readonly password: string;
  readonly tls: boolean;
}

/** What a deployment may bound of what forces write. Nothing of it is bound unless it is set (docs/how-to/limit-a-force.md). */
export interface KafkaBounds {
  readonly quotas: ProduceQuotas;
  /** Bytes that a partition of a force's requests topic keeps; undefined: all, until their time is over. */
  readonly requestsBytesMax: number | undefined;
}

const NOTHING_BOUNDED: KafkaBounds = { quotas: new Map(), requestsBytesMax: undefined };
/** 16 MB: a partition is written in segments, and less would be gone before a consumer that restarts is back. */
const BYTES_MAX_LEAST = 16_777_216;

/** Read from the environment of whoever provisions the broker. */
export function kafkaBoundsFrom(env: Readonly<Record<string, string | undefined>>): KafkaBounds {
  const bytes = env['CONCORDAT_KAFKA_RETENTION_BYTES']?.trim() || undefined;
  const requestsBytesMax = bytes === undefined ? undefined : Number(bytes);
  if (
    requestsBytesMax !== undefined &&
    !(/^\d{1,15}$/.test(bytes ?? '') && requestsBytesMax >= BYTES_MAX_LEAST)
  ) {
    throw new Error(
      `CONCORDAT_KAFKA_RETENTION_BYTES is not a whole number of bytes from ${String(BYTES_MAX_LEAST)}`,
    );
  }
  return { quotas: produceQuotasFrom(env['CONCORDAT_KAFKA_QUOTAS']), requestsBytesMax };
}

export interface Provided {
  readonly principals: number;
  readonly topics: number;
  readonly rules: number;
}

/**
 * Brings a broker to what the contracts say: a SCRAM user per principal, every topic with its partitions and
 * retention, and exactly the access rules; what an earlier version granted and this one does not is taken away.
 */
export async function provisionKafka(
  address: BrokerAddress,
  topology: Topology,
  passwordOf: (principal: string) => string,
  bounds: KafkaBounds = NOTHING_BOUNDED,
): Promise<Provided> {
  const kafka = clientOf(address);
  const principals = principalsOf(topology);
  await setScramUsers(kafka, new Map(principals.map((principal) => [principal, passwordOf(principal)])));
  const forces = [...topology.forces, ...(topology.sandboxes ?? [])];
  await setProduceQuotas(
    kafka,
    new Map(forces.map((force) => [forcePrincipal(force), quotaOf(bounds.quotas, force)])),
  );
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = topicsOf(topology);
    await provideTopics(admin, topics, bounds);
    const rules = accessRulesOf(topology).map(aclOf);
    await provideRules(admin, rules);
    return { principals: principals.length, topics: topics.length, rules: rules.length };
  } finally {
    await admin.disconnect();
  }
}

function clientOf({ brokers, username, password, tls }: BrokerAddress): Kafka {
  return new kafkajs.Kafka({
    clientId: 'concordat-provision',
    brokers: [...brokers],
    ssl: tls,
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 10, initialRetryTime: 100, maxRetryTime: 2_000 },
  });
}

/** Makes those that are missing, and brings the settings of the others to what is declared. */
export async function provideTopics(
  admin: Admin,
  topics: readonly Topic[],
  bounds: Pick<KafkaBounds, 'requestsBytesMax'> = NOTHING_BOUNDED,
): Promise<void> {
  const known = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !known.has(name));
  if (missing.length > 0) {
    await createTopics(
      admin,
      // -1: the broker's default replication, one on a laptop and three in production.
      missing.map((topic) => ({
        topic: topic.name,
        numPartitions: topic.declaration.partitions,
        replicationFactor: -1,
        configEntries: settingsOf(topic, bounds),
      })),
    );
  }
  const present = topics.filter(({ name }) => known.has(name));
  if (present.length === 0) return;
  // Retention may be changed in the declaration; the number of partitions may not, for it decides the order per key.
  await admin.alterConfigs({
    validateOnly: false,
    resources: present.map((topic) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: topic.name,
      configEntries: settingsOf(topic, bounds),
    })),
  });
}

function settingsOf(
  { declaration }: Topic,
  { requestsBytesMax }: Pick<KafkaBounds, 'requestsBytesMax'>,
): { name: string; value: string }[] {
  const bytesMax = declaration.family === 'force-requests' ? requestsBytesMax : undefined;
  return [
    { name: 'cleanup.policy', value: declaration.cleanup },
    { name: 'retention.ms', value: String(declaration.retentionMs ?? -1) },
    // By its size a topic loses what nobody has read yet, so it is bounded only where a deployment says so.
    { name: 'retention.bytes', value: String(bytesMax ?? -1) },
    // As it was sent. To store it otherwise the broker would unpack it in its own memory, however much it becomes: three batches of 640 kB
    // ended it. Our consumers unpack with a bound (libs/messaging/src/record-batch.ts).
    { name: 'compression.type', value: 'producer' },
    // Retention counts by the broker's clock. By the sender's, one that is an hour ahead would be refused for good, and what
    // one that is weeks behind has sent would be deleted unread.
    { name: 'message.timestamp.type', value: 'LogAppendTime' },
  ];
}

async function provideRules(admin: Admin, wanted: readonly AclEntry[]): Promise<void> {
  const any = {
    resourceType: kafkajs.AclResourceTypes.ANY,
    resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
    operation: kafkajs.AclOperationTypes.ANY,
    permissionType: kafkajs.AclPermissionTypes.ANY,
  };
  const { resources } = await admin.describeAcls(any);
  const present = resources.flatMap(({ acls, ...resource }) =>
    acls.map((acl): AclEntry => ({
      ...acl,
      resourceType: resource.resourceType,
      resourceName: resource.resourceName,
      resourcePatternType: resource.resourcePatternType,
    })),
  );
  const nameOf = (rule: AclEntry): string =>
    [
      rule.principal,
      rule.host,
      rule.resourceType,
      rule.resourceName,
      rule.resourcePatternType,
      rule.operation,
      rule.permissionType,
    ].join(' ');
  const wantedNames = new Set(wanted.map(nameOf));
  const presentNames = new Set(present.map(nameOf));
  const missing = wanted.filter((rule) => !presentNames.has(nameOf(rule)));
  const superfluous = present.filter((rule) => !wantedNames.has(nameOf(rule)) && isOurs(rule));
  if (missing.length > 0) await admin.createAcls({ acl: missing });
  if (superfluous.length > 0) await admin.deleteAcls({ filters: superfluous });
}

/** On a broker shared with others, only rules about our own topics and groups are ours to take away. */
function isOurs({ resourceName }: AclEntry): boolean {
  return /^(?:force|unit|collaboration|concordat)\./.test(resourceName);
}
