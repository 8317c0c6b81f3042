import { createWriteStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '#testing';
import { deploymentFrom, loopback, mainOf } from '../local/landscape.ts';

import { NODE_FLAGS, serviceEnvironment } from '../local/services.ts';
import type { RunningSystem } from './running-system.ts';

/** A second replica of a service, in the same consumer groups and on the same database, that kills itself at a failpoint if one is named. */
export interface Replica {
  /** How it ended: the signal, or the code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  readonly hasEnded: () => boolean;
  readonly untilReady: () => Promise<void>;
  readonly kill: () => void;
}

/** Ports behind those of the parts themselves. */
const PORT_OFFSET = 60;
let started = 0;

export function startReplica(system: RunningSystem, service: string, failpoint?: string): Replica {
  const { portBase, kafka, urls, logs } = system.run();
  const port = portBase + PORT_OFFSET + (started++ % 20);
  const logFile = join(logs, `replica-${service}.log`);
  const environment = serviceEnvironment({
    ...{ service, port, logFile, issuer: urls.identity, catalogue: deploymentFrom().catalogue },
    urls: { applicationUrl: system.applicationUrl(service), migrationUrl: '' },
    kafka: { brokers: kafka.brokers, password: system.kafkaPassword(service), tls: false },
  });
  const running = spawn(process.execPath, [...NODE_FLAGS, mainOf(service)], {
    env: { PATH: process.env['PATH'], ...environment, ...(failpoint === undefined ? {} : { CONCORDAT_FAILPOINT: failpoint }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { mode: 0o600 });
  running.stdout.pipe(log);
  running.stderr.pipe(log);
  let over = false;
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    running.once('exit', (code, signal) => {
      over = true;
      resolve(signal ?? code);
    });
  });
  return {
    ended,
    hasEnded: () => over,
    untilReady: async () => {
      const ready = async (): Promise<boolean> => over || (await fetch(`${loopback(port)}/health/ready`)).ok;
      await eventually(ready, { withinMs: 90_000, everyMs: 100, says: `a second ${service}` });
    },
    kill: () => void running.kill('SIGKILL'),
  };
}
