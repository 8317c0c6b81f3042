import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import { accessRulesOf, forcePrincipal, principalsOf, topicsOf, type Topology, type Topic } from '#contracts';
import { aclOf } from './access.ts';
import { createTopics } from './create-topics.ts';
import { produceQuotasFrom, quotaOf, setProduceQuotas, type ProduceQuotas } from './quotas.ts';
import { setScramUsers } from './scram-users.ts';

export interface BrokerAddress {
  readonly brokers: readonly string[];
  /** A super user that may create users, topics and access lists. */
  readonly username: string;
  readonly password: string;
  readonly tls: boolean;
}

/** Limits on what forces write. A limit that is not set does not apply (docs/how-to/limit-a-force.md). */
export interface KafkaLimits {
  readonly quotas: ProduceQuotas;
  /**
   * Bytes that a partition of a force's requests topic keeps. undefined keeps everything until its retention
   * time is over.
   */
  readonly requestsBytesMax: number | undefined;
}

const NO_LIMITS: KafkaLimits = { quotas: new Map(), requestsBytesMax: undefined };
/**
 * 16 MiB. With less, messages would be deleted before a restarted consumer is back, because a partition loses
 * whole segments.
 */
const SMALLEST_RETENTION_BYTES = 16_777_216;

/** Reads the limits from the environment of the process that provisions the broker. */
export function kafkaLimitsFrom(env: Readonly<Record<string, string | undefined>>): KafkaLimits {
  const bytes = env['CONCORDAT_KAFKA_RETENTION_BYTES']?.trim() || undefined;
  const requestsBytesMax = bytes === undefined ? undefined : Number(bytes);
  if (
    requestsBytesMax !== undefined &&
    !(/^\d{1,15}$/.test(bytes ?? '') && requestsBytesMax >= SMALLEST_RETENTION_BYTES)
  ) {
    throw new Error(
      `CONCORDAT_KAFKA_RETENTION_BYTES must be a whole number of bytes, at least ${String(SMALLEST_RETENTION_BYTES)}`,
    );
  }
  return { quotas: produceQuotasFrom(env['CONCORDAT_KAFKA_QUOTAS']), requestsBytesMax };
}

/** Numbers of what a broker has after it was provisioned. */
export interface ProvisionedCounts {
  readonly principals: number;
  readonly topics: number;
  readonly rules: number;
}

/**
 * Brings a broker to the state that the contracts declare: a SCRAM user for each principal, every topic with
 * its partitions and retention, and exactly the declared access rules. Rules that only an earlier version
 * granted are removed.
 */
export async function provisionKafka(
  address: BrokerAddress,
  topology: Topology,
  passwordOf: (principal: string) => string,
  limits: KafkaLimits = NO_LIMITS,
): Promise<ProvisionedCounts> {
  const kafka = clientOf(address);
  const principals = principalsOf(topology);
  await setScramUsers(kafka, new Map(principals.map((principal) => [principal, passwordOf(principal)])));
  const forces = [...topology.forces, ...(topology.sandboxes ?? [])];
  await setProduceQuotas(
    kafka,
    new Map(forces.map((force) => [forcePrincipal(force), quotaOf(limits.quotas, force)])),
  );
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = topicsOf(topology);
    await provideTopics(admin, topics, limits);
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

/** Creates missing topics, and sets the declared settings on the others. */
export async function provideTopics(
  admin: Admin,
  topics: readonly Topic[],
  limits: Pick<KafkaLimits, 'requestsBytesMax'> = NO_LIMITS,
): Promise<void> {
  const known = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !known.has(name));
  if (missing.length > 0) {
    await createTopics(
      admin,
      // -1 means the default replication of the broker: one on a laptop, three in production.
      missing.map((topic) => ({
        topic: topic.name,
        numPartitions: topic.declaration.partitions,
        replicationFactor: -1,
        configEntries: settingsOf(topic, limits),
      })),
    );
  }
  const present = topics.filter(({ name }) => known.has(name));
  if (present.length === 0) return;
  // A declaration may change its retention, but not the number of partitions, because that decides the order
  // per key.
  await admin.alterConfigs({
    validateOnly: false,
    resources: present.map((topic) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: topic.name,
      configEntries: settingsOf(topic, limits),
    })),
  });
}

function settingsOf(
  { declaration }: Topic,
  { requestsBytesMax }: Pick<KafkaLimits, 'requestsBytesMax'>,
): { name: string; value: string }[] {
  const bytesMax = declaration.family === 'force-requests' ? requestsBytesMax : undefined;
  return [
    { name: 'cleanup.policy', value: declaration.cleanup },
    { name: 'retention.ms', value: String(declaration.retentionMs ?? -1) },
    // A limit on size can delete messages that nobody has read yet, so it applies only if a deployment sets
    // it.
    { name: 'retention.bytes', value: String(bytesMax ?? -1) },
    // The broker keeps the compression of the producer. To change it, the broker would decompress batches in
    // its memory without a limit: three batches of 640 kB stopped it. Our consumers decompress with a limit
    // (libs/messaging/src/record-batch.ts).
    { name: 'compression.type', value: 'producer' },
    // Retention counts by the broker's clock. With the sender's clock, messages of a sender an hour ahead
    // would be refused for ever, and messages of a sender weeks behind would be deleted unread.
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

/** Tells whether a rule is about our own topics and groups. On a shared broker only those may be removed. */
function isOurs({ resourceName }: AclEntry): boolean {
  return /^(?:force|unit|collaboration|concordat)\./.test(resourceName);
}
