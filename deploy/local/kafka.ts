import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startChild, untilReady, type Child } from './child.ts';
import { writePrivately } from './secrets.ts';

const run = promisify(execFile);
const DEPLOY = resolve(import.meta.dirname, '..');
/**
 * These thresholds are ten times the default, so that the optimising compiler takes only code that is called
 * very often. On two cores it used as much processor time during a start as everything else: a start takes
 * 4.9 s of processor time instead of 8.3 s.
 */
const LATE_COMPILER = [
  '-XX:Tier4InvocationThreshold=50000',
  '-XX:Tier4MinInvocationThreshold=6000',
  '-XX:Tier4CompileThreshold=150000',
  '-XX:Tier4BackEdgeThreshold=400000',
];

export interface KafkaOptions {
  /** The data directory, kept between runs. */
  readonly directory: string;
  /** The folder with the broker's jars and its class-data archive, shared by all data directories. */
  readonly libraries: string;
  readonly port: number;
  /** The port that the broker gives to clients, if they connect through a proxy. The default is `port`. */
  readonly advertisedPort?: number;
  readonly controllerPort: number;
  /** The broker's place in a cluster of several. Without it, the broker is the only one. */
  readonly cluster?: {
    readonly node: number;
    readonly id: string;
    readonly controllerPorts: readonly number[];
  };
  /** Password of the super user `admin`. */
  readonly adminPassword: string;
  readonly controllerPassword: string;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

export interface KafkaBroker {
  readonly process: Child;
  readonly broker: string;
  stop(): Promise<'stopped' | 'killed'>;
}

/** Fetches the broker's jars with Maven unless they are present. Returns true if it fetched them. */
export async function fetchKafka(libraries: string): Promise<boolean> {
  if (existsSync(libraries) && readdirSync(libraries).some((file) => file.startsWith('kafka_2.13-')))
    return false;
  // Maven writes into another folder first, so that an interrupted download is not taken for a complete one.
  const partial = `${libraries}.partial-${String(process.pid)}`;
  try {
    const pom = join(DEPLOY, 'kafka', 'pom.xml');
    await run('mvn', [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${resolve(partial)}`,
    ]);
    rmSync(libraries, { recursive: true, force: true });
    renameSync(partial, libraries);
    return true;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    const reason =
      (error as { stdout?: string }).stdout?.split('\n').find((line) => line.includes('ERROR')) ??
      String(error);
    throw new Error(`Maven could not fetch Apache Kafka: ${reason}`, { cause: error });
  }
}

/**
 * Starts Apache Kafka in KRaft mode, in one JVM, on 127.0.0.1 only. Clients sign in with SCRAM-SHA-512, and
 * the broker denies everything that no access list allows. At first it knows only the user `admin`; the
 * others are added to the running broker (libs/broker-admin/src/scram-users.ts).
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaBroker> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const properties = join(directory, 'server.properties');
  writePrivately(properties, serverProperties(options, directory));
  const classPath = [
    '-cp',
    `${resolve(options.libraries)}/*`,
    `-Dlog4j2.configurationFile=${join(DEPLOY, 'kafka', 'log4j2.properties')}`,
  ];
  if (!existsSync(join(directory, 'log', 'meta.properties')))
    await format(directory, classPath, properties, options);

  const archive = await classDataArchive(options.libraries);
  let ready = (): void => undefined;
  const started = new Promise<void>((done) => (ready = done));
  const child = await startChild({
    name: 'Kafka',
    command: 'java',
    args: [
      ...archive.flags,
      ...LATE_COMPILER,
      '-Xms256m',
      '-Xmx512m',
      '-XX:MaxGCPauseMillis=20',
      '-Djava.awt.headless=true',
      ...classPath,
      'kafka.Kafka',
      properties,
    ],
    logFile: options.logFile,
    onLine: (line) => {
      if (line.includes('Kafka Server started')) ready();
      options.onLine?.(line);
    },
  });
  void child.ended.then(archive.keep);
  await untilReady(child, started, 120_000);
  return {
    process: child,
    broker: `127.0.0.1:${String(options.port)}`,
    stop: () => child.stop('SIGTERM', 30_000),
  };
}

function serverProperties(options: KafkaOptions, directory: string): string {
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';
  const controller = `username="controller" password="${options.controllerPassword}" user_controller="${options.controllerPassword}"`;
  const { node, controllerPorts } = options.cluster ?? { node: 1, controllerPorts: [options.controllerPort] };
  const voters = controllerPorts.map((port, index) => `${String(index + 1)}@127.0.0.1:${String(port)}`);
  // With two or more brokers, a message is stored on two of them before it is acknowledged.
  const copies = controllerPorts.length;
  const copiesMin = Math.min(copies, 2);
  return `# Written at each start by deploy/local/kafka.ts.
process.roles=broker,controller
node.id=${String(node)}
controller.quorum.voters=${voters.join(',')}
listeners=CLIENTS://127.0.0.1:${String(options.port)},CONTROLLER://127.0.0.1:${String(options.controllerPort)}
advertised.listeners=CLIENTS://127.0.0.1:${String(options.advertisedPort ?? options.port)}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.clients.scram-sha-512.sasl.jaas.config=${scram} required username="admin" password="${options.adminPassword}";
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${plain} required ${controller};
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:admin;User:controller
auto.create.topics.enable=false
log.dirs=${join(directory, 'log')}
num.partitions=6
log.index.size.max.bytes=1048576
default.replication.factor=${String(copies)}
min.insync.replicas=${String(copiesMin)}
offsets.topic.replication.factor=${String(copies)}
offsets.topic.num.partitions=10
transaction.state.log.replication.factor=${String(copies)}
transaction.state.log.min.isr=${String(copiesMin)}
share.coordinator.state.topic.replication.factor=${String(copies)}
share.coordinator.state.topic.min.isr=${String(copiesMin)}
group.initial.rebalance.delay.ms=0
`;
}

/**
 * Creates a cluster id as Kafka's storage tool does, without a JVM: 16 random bytes in base64url. The first
 * bit is zero, so that the text does not begin with a dash.
 */
export function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] as number) & 0x7f;
  return bytes.toString('base64url');
}

async function format(
  directory: string,
  classPath: readonly string[],
  properties: string,
  options: KafkaOptions,
): Promise<void> {
  const java = (args: readonly string[]): Promise<{ stdout: string }> =>
    run('java', ['-XX:TieredStopAtLevel=1', ...classPath, 'kafka.tools.StorageTool', ...args]);
  const clusterId = options.cluster?.id ?? newClusterId();
  // The tool reads its arguments from a file, so that the password appears in no process list.
  const password = join(directory, 'format.args');
  writePrivately(password, `--add-scram\nSCRAM-SHA-512=[name=admin,password=${options.adminPassword}]\n`);
  try {
    await java(['format', '-t', clusterId, '-c', properties, `@${password}`]);
  } catch (error) {
    rmSync(join(directory, 'log'), { recursive: true, force: true });
    throw new Error(
      `Kafka could not format its storage: ${String((error as { stdout?: string }).stdout)}${(error as Error).message}`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(password, { force: true });
  }
}

/**
 * Uses a class-data archive, which halves the time of a start. The first broker writes it when it ends, and
 * later ones read it. Each version of Java has its own.
 */
async function classDataArchive(libraries: string): Promise<{ flags: string[]; keep: () => void }> {
  const { stderr } = await run('java', ['-version']);
  const version = /"([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
  const archive = `${libraries}-java-${version}.jsa`;
  if (existsSync(archive))
    return {
      flags: [`-XX:SharedArchiveFile=${archive}`, '-Xlog:disable', '-Xlog:all=error:stderr'],
      keep: () => undefined,
    };
  const unfinished = `${archive}.${String(process.pid)}`;
  return {
    flags: [`-XX:ArchiveClassesAtExit=${unfinished}`, '-Xlog:disable', '-Xlog:all=error:stderr'],
    keep: () => {
      if (existsSync(unfinished)) renameSync(unfinished, archive);
    },
  };
}
