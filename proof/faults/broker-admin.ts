import kafkajs, { type Admin } from 'kafkajs';
import type { RunningSystem } from '../outside/running-system.ts';

/** Connects as the broker's superuser, who is not restricted by access lists, and runs the work. */
export async function asBrokerAdmin<Result>(
  system: RunningSystem,
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = new kafkajs.Kafka({
    clientId: 'proof-admin',
    brokers: [...system.run().kafka.brokers],
    sasl: { mechanism: 'scram-sha-512', username: 'admin', password: system.kafkaPassword('admin') },
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
