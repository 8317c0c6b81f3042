import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Caller, StaffClient, type Credential, type RunningStack } from '#client';
import { eventually } from '#testing';
import { takesInsecureIssuer } from '#web';
import { cursorSecretOf, databaseNames, issuesCursors } from '../../deploy/local/deployment.ts';

const CONNECTIONS = 16;
/**
 * A part that was killed is back well within: the supervisor starts it again, PostgreSQL may have to recover
 * first.
 */
const BACK_WITHIN_MS = 60_000;

/**
 * The system that runs, as its run.json describes it; the file is read anew each time, for a restart changes
 * the process ids.
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

  /** A force's own credential at intake, or at a replica of it. */
  force(force: string, url = this.first.urls.intake): Caller {
    const access = this.first.forces[force];
    if (!access) throw new Error(`${force} has no development client`);
    return this.caller(access, url);
  }

  /**
   * One of a unit's staff at its own desk, or at a replica of it: `caseworker`, `caseworker-2`, `supervisor`,
   * `decision-maker`, `auditor`.
   */
  staff(unit: string, who: string, at?: string): Caller {
    const clientId = `${unit}.${who}`;
    const access = this.first.staff[clientId];
    const url = at ?? this.first.urls.units[unit];
    if (!access || !url) throw new Error(`${clientId} has no development client`);
    return this.caller({ ...access, clientId }, url);
  }

  /** One of a unit's staff, with a typed call for each thing that staff do. */
  person(unit: string, role: string): StaffClient {
    return new StaffClient(this.staff(unit, role), { clientId: `${unit}.${role}`, unit, role });
  }

  /** Connection string of the role that a service runs as. */
  applicationUrl(service: string): string {
    const url = this.first.postgres.services[service]?.applicationUrl;
    if (url === undefined) throw new Error(`${service} has no database`);
    return url;
  }

  /** Of the superuser of the local PostgreSQL. */
  get adminUrl(): string {
    return `postgres://postgres:${this.secret('postgres')}@127.0.0.1:${this.first.postgres.port}/postgres`;
  }

  /** Of the role that owns a service's tables, and of the one that it runs as. */
  databaseUrls(service: string): { migrationUrl: string; applicationUrl: string } {
    const url = new URL(this.applicationUrl(service));
    url.username = databaseNames(service).owner;
    url.password = this.secret(`postgres ${url.username}`);
    return { migrationUrl: url.href, applicationUrl: this.applicationUrl(service) };
  }

  /** A service's own Kafka password: for replicas that the proof starts itself. */
  kafkaPassword(principal: string): string {
    return this.secret(`kafka ${principal}`);
  }

  /** What seals the cursors of a service: its replicas share it. */
  cursorKey(service: string): string | undefined {
    return issuesCursors(service) ? this.secret(cursorSecretOf(service)) : undefined;
  }

  get dataDirectory(): string {
    return dirname(this.first.logs);
  }

  /** As the local start keeps it in its data directory. */
  private secret(name: string): string {
    const secrets = JSON.parse(readFileSync(join(this.dataDirectory, 'secrets.json'), 'utf8')) as Record<
      string,
      string
    >;
    const password = secrets[name];
    if (password === undefined) throw new Error(`there is no secret "${name}"`);
    return password;
  }

  /**
   * `kill -9`, or another signal that ends it; returns how to wait until the part is back and says that it is
   * ready.
   */
  kill(
    part: string,
    signal: NodeJS.Signals = 'SIGKILL',
  ): {
    readonly hasEnded: () => boolean;
    readonly isBack: () => boolean;
    readonly untilBack: () => Promise<void>;
  } {
    const before = this.pidOf(part);
    process.kill(before, signal);
    const isBack = (): boolean => this.run().pids[part] !== before;
    return {
      hasEnded: () => !existsSync(`/proc/${before}`),
      isBack,
      untilBack: async () => {
        await eventually(isBack, { withinMs: BACK_WITHIN_MS, says: `a new process of ${part}` });
        await this.untilReady();
      },
    };
  }

  /** Stops a part where it stands, as a machine that hangs; returns how to let it go on. */
  freeze(part: string): () => void {
    const pid = this.pidOf(part);
    process.kill(pid, 'SIGSTOP');
    return () => void process.kill(pid, 'SIGCONT');
  }

  /** Waits until every service says that it is ready: its database answers, its consumers have joined. */
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

  private pidOf(part: string): number {
    const pid = this.run().pids[part];
    if (pid === undefined) throw new Error(`run.json names no process of ${part}`);
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
