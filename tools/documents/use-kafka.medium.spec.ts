import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startIntake, wire, type IntakeUnderTest } from '../../apps/intake/src/intake.fixture.ts';
import {
  encodeEnvelope,
  envelopeHeaders,
  forceEventsTopic,
  forceGroupPrefix,
  forceRequestsTopic,
  messageCheck,
} from '#contracts';
import { newId } from '#kernel';
import { eventually, testServers } from '#testing';
import { ROOT } from '../../deploy/local/deployment.ts';

const run = promisify(execFile);
const HOW_TO = readFileSync(join(ROOT, 'docs/how-to/use-kafka.md'), 'utf8');
const [, PYTHON = ''] = /^```python\n([\s\S]+?)^```/m.exec(HOW_TO) ?? [];

const hasClient = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import confluent_kafka'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('the example of how to use Kafka', () => {
  it('sends the required headers, and names only message types that exist', () => {
    const headers = envelopeHeaders({ id: 'i', source: '/force/x', type: 't', time: '2026-11-29T10:00:00Z' });
    for (const name of Object.keys(headers)) expect(PYTHON).toContain(`"${name}":`);
    const types = [...PYTHON.matchAll(/"(concordat\.[a-z-]+\.v1)"/g)].map(([, type = '']) => type);
    expect(new Set(types).size).toBe(4);
    for (const type of types)
      expect(() => messageCheck(type as Parameters<typeof messageCheck>[0])).not.toThrow();
  });

  // The system itself does not need this package. Without it the example cannot run, and the output says so.
  if (!hasClient()) {
    process.stderr.write(
      'python3 has no confluent_kafka on this machine: the example of use-kafka.md is not run here.\n',
    );
    return;
  }

  let dir: string;
  let intake: IntakeUnderTest;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'use-kafka-'));
    intake = await startIntake({ consuming: true });
    await intake.agree();
    const { kafkaBrokers, kafkaAdmin } = testServers();
    const { force } = intake;
    const topics = {
      requestsTopic: forceRequestsTopic(force),
      eventsTopic: forceEventsTopic(force),
      groupPrefix: forceGroupPrefix(force),
    };
    const described = {
      kafka: { brokers: [kafkaBrokers] },
      forces: { [force]: { kafka: { ...kafkaAdmin, ...topics } } },
      sandboxes: {},
    };
    await writeFile(join(dir, 'run.json'), JSON.stringify(described));
  });

  afterAll(async () => {
    await intake.stop();
    await rm(dir, { recursive: true });
  });

  it('ends with an answer in Python', async () => {
    const environment = {
      ...process.env,
      CONCORDAT_RUN: join(dir, 'run.json'),
      CONCORDAT_FORCE: intake.force,
    };
    const python = run('python3', ['-c', PYTHON], { env: environment, timeout: 50_000 });
    const [request] = await eventually(
      async () => {
        const rows = await intake.rows<{ id: string; reference: string }>(
          `select id, reference from request where reference like 'kafka-%'`,
        );
        return rows.length > 0 && rows;
      },
      { withinMs: 30_000, says: 'the request of the example' },
    );
    const value = {
      requestId: request?.id,
      forceReference: request?.reference,
      unit: 'fleet',
      type: 'vehicle-repair',
      unitReference: 'FLT-26-000001',
      state: 'answered',
      sequence: 2,
      at: new Date().toISOString(),
      answer: { outcome: 'repaired' },
    };
    const envelope = {
      id: newId(),
      source: '/unit/fleet',
      time: value.at,
      owningForce: intake.force,
      subject: value.requestId ?? '',
      value,
    };
    await intake.publish(forceEventsTopic(intake.force), [
      wire(encodeEnvelope({ ...envelope, type: 'concordat.request-answered.v1' })),
    ]);
    expect((await python).stdout).toMatch(
      /^concordat\.request-answered\.v1 FLT-26-000001 \{'outcome': 'repaired'\}$/m,
    );
  });
});
