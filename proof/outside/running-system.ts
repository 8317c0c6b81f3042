import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Caller, StaffClient, type Credential, type RunningStack } from '#client';
import type { KafkaSettings } from '#messaging';
import { eventually } from '#testing';
import { takesInsecureIssuer } from '#web';
import { cursorSecretOf, databaseNames, issuesCursors } from '../../deploy/local/deployment.ts';

const CONNECTIONS = 16;
/** The supervisor restarts a killed process in less time, even if PostgreSQL has to recover first. */
const BACK_WITHIN_MS = 60_000;

/**
 * The running system that run.json describes. The file is read again each time, because a restart changes
 * process ids.
 */
export class RunningSystem {
  private readonly callers = new Map<string, Caller>();
  private readonly first: RunningStack;

  constructor(private readonly runFile: string = process.env['CONCORDAT_RUN'] ?? '') {
    if (runFile === '')
      throw new Error(
        'CONCORDAT_RUN is not set: the large tests need a running system (npm test starts one).',
      );
    this.first = this.run();
  }

  run(): RunningStack {
    return JSON.parse(readFileSync(this.runFile, 'utf8')) as RunningStack;
  }

  get file(): string {
    return this.runFile;
  }

  get forces(): readonly string[] {
    return Object.keys(this.first.forces);
  }

  get units(): readonly string[] {
    return Object.keys(this.first.urls.units);
  }

  /** Calls intake, or a replica of it, with the credential of a force. */
  force(force: string, url = this.first.urls.intake): Caller {
    const access = this.first.forces[force];
    if (!access) throw new Error(`${force} has no development client`);
    return this.caller(access, url);
  }

  /**
   * Calls a unit, or another address, as one of the unit's staff: `caseworker`, `caseworker-2`, `supervisor`,
   * `decision-maker` or `auditor`.
   */
  staff(unit: string, role: string, at?: string): Caller {
    const clientId = `${unit}.${role}`;
    const access = this.first.staff[clientId];
    const url = at ?? this.first.urls.units[unit];
    if (!access || !url) throw new Error(`${clientId} has no development client`);
    return this.caller({ ...access, clientId }, url);
  }

  /** A member of a unit's staff, with a typed call for each command. */
  person(unit: string, role: string): StaffClient {
    return new StaffClient(this.staff(unit, role), { clientId: `${unit}.${role}`, unit, role });
  }

  /** The connection string of the role that a service runs as. */
  applicationUrl(service: string): string {
    const url = this.first.postgres.services[service]?.applicationUrl;
    if (url === undefined) throw new Error(`${service} has no database`);
    return url;
  }

  /** The connection string of the superuser of the local PostgreSQL. */
  get adminUrl(): string {
    return `postgres://postgres:${this.secret('postgres')}@127.0.0.1:${this.first.postgres.port}/postgres`;
  }

  /**
   * The connection strings of the role that owns a service's tables and of the role that the service runs as.
   */
  databaseUrls(service: string): { migrationUrl: string; applicationUrl: string } {
    const url = new URL(this.applicationUrl(service));
    url.username = databaseNames(service).owner;
    url.password = this.secret(`postgres ${url.username}`);
    return { migrationUrl: url.href, applicationUrl: this.applicationUrl(service) };
  }

  /** The Kafka password of a principal, for replicas that the proof starts itself. */
  kafkaPassword(principal: string): string {
    return this.secret(`kafka ${principal}`);
  }

  /** The settings of a Kafka client with the credential of a principal. Its log lines are dropped. */
  kafkaSettings(username: string): KafkaSettings {
    return {
      brokers: this.run().kafka.brokers,
      username,
      password: this.kafkaPassword(username),
      tls: false,
      clientId: `proof-${username}`,
      log: () => undefined,
    };
  }

  /** The key that seals the cursors of a service. All its replicas need the same key. */
  cursorKey(service: string): string | undefined {
    return issuesCursors(service) ? this.secret(cursorSecretOf(service)) : undefined;
  }

  get dataDirectory(): string {
    return dirname(this.first.logs);
  }

  /** Reads a secret that the local start keeps in its data directory. */
  private secret(name: string): string {
    const secrets = JSON.parse(readFileSync(join(this.dataDirectory, 'secrets.json'), 'utf8')) as Record<
      string,
      string
    >;
    const password = secrets[name];
    if (password === undefined) throw new Error(`there is no secret "${name}"`);
    return password;
  }

  /** Ends a service with `kill -9` or another signal. The result can wait until it has been restarted. */
  kill(
    service: string,
    signal: NodeJS.Signals = 'SIGKILL',
  ): {
    readonly hasEnded: () => boolean;
    readonly isBack: () => boolean;
    readonly untilBack: () => Promise<void>;
  } {
    const before = this.pidOf(service);
    process.kill(before, signal);
    const isBack = (): boolean => this.run().pids[service] !== before;
    return {
      hasEnded: () => !existsSync(`/proc/${before}`),
      isBack,
      untilBack: async () => {
        await eventually(isBack, { withinMs: BACK_WITHIN_MS, says: `a new process of ${service}` });
        await this.untilReady();
      },
    };
  }

  /** Pauses a service, like a machine that hangs. Call the result to let it continue. */
  freeze(service: string): () => void {
    const pid = this.pidOf(service);
    process.kill(pid, 'SIGSTOP');
    return () => void process.kill(pid, 'SIGCONT');
  }

  /** Waits until every service is ready: its database answers and its consumers have joined their groups. */
  async untilReady(): Promise<void> {
    const { intake, collaboration, units } = this.first.urls;
    for (const url of [intake, collaboration, ...Object.values(units)]) {
      const ready = async (): Promise<boolean> => (await fetch(`${url}/health/ready`)).ok;
      await eventually(ready, { withinMs: BACK_WITHIN_MS, everyMs: 100, says: `${url}/health/ready` });
    }
  }

  close(): void {
    for (const caller of this.callers.values()) caller.close();
  }

  pidOf(service: string): number {
    const pid = this.run().pids[service];
    if (pid === undefined) throw new Error(`run.json has no process id for ${service}`);
    return pid;
  }

  private caller({ clientId, keyFile, resource }: Omit<Credential, 'issuer'>, url: string): Caller {
    const known = `${clientId} ${url}`;
    let caller = this.callers.get(known);
    if (!caller) {
      caller = new Caller(
        {
          issuer: this.first.urls.identity,
          clientId,
          keyFile,
          resource,
          insecureIssuer: takesInsecureIssuer(process.env),
        },
        url,
        CONNECTIONS,
      );
      this.callers.set(known, caller);
    }
    return caller;
  }
}
