import { arch, cpus, release, totalmem, type } from 'node:os';
import type { BenchStack } from './stack.ts';

/** Describes the machine and the servers in one paragraph. Measurements mean nothing without it. */
export async function describeMachine(bench: BenchStack): Promise<string> {
  const [settings] = await bench.query(
    bench.urlOf('postgres'),
    `select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as "commit"`,
  );
  const processors = cpus();
  return [
    `${String(processors.length)} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${String(Math.round(totalmem() / 2 ** 30))} GiB`,
    `${type()} ${release().replace(/-.*/, '')} ${arch()}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${String(settings?.['version'])} (fsync ${String(settings?.['fsync'])}, synchronous_commit ${String(settings?.['commit'])})`,
    'Apache Kafka 4.3.1 (one broker, acks −1)',
  ].join(', ');
}
