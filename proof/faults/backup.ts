import { execFile } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { eventually } from '#testing';
import type { RunningSystem } from '../outside/running-system.ts';
import { HowTo } from './how-to.ts';

const run = promisify(execFile);
const ARCHIVED_WITHIN_MS = 60_000;

/** Runs the steps of the how-to on backup and restore against the PostgreSQL of the system under test. */
export class Backup {
  private readonly cluster: string;
  private readonly home: string;
  private readonly page: HowTo;

  constructor(private readonly system: RunningSystem) {
    this.cluster = join(system.dataDirectory, 'postgres/cluster');
    this.home = join(system.dataDirectory, 'backup');
    // The how-to moves transaction ids far enough for hours of lost work. Here only seconds are lost.
    const replacements = {
      '/backup': this.home,
      '.data/postgres/cluster': this.cluster,
      '1000000': '100000',
    };
    this.page = new HowTo('back-up-and-restore', replacements);
  }

  async startArchiving(): Promise<void> {
    const { uid, gid } = statSync(this.cluster);
    for (const folder of [this.home, join(this.home, 'wal')]) {
      mkdirSync(folder);
      chownSync(folder, uid, gid);
    }
    await this.asAdmin(async (client) => {
      for (const statement of this.page.statements('archive')) await client.query(statement);
    });
    await this.system.kill('postgres', 'SIGINT').untilBack();
  }

  async take(): Promise<void> {
    await this.asAdmin(async (client) => {
      for (const statement of this.page.statements('begin')) await client.query(statement);
      await run('sh', ['-c', this.page.block('copy')]);
      const { rows } = await client.query<{ labelfile: string }>(this.page.block('end'));
      this.write('base/backup_label', rows[0]?.labelfile ?? '');
    });
  }

  async createRestorePoint(): Promise<void> {
    await this.asAdmin((client) => client.query(this.page.block('point')));
  }

  /** Waits until everything written so far is in the archive. */
  async untilArchived(): Promise<void> {
    await this.asAdmin(async (client) => {
      const { rows } = await client.query<{ file: string }>(
        'select pg_walfile_name(pg_switch_wal()) as file',
      );
      const archived = async (): Promise<boolean> => {
        const sql = 'select last_archived_wal >= $1 as done from pg_stat_archiver';
        return (await client.query<{ done: boolean }>(sql, [rows[0]?.file])).rows[0]?.done ?? false;
      };
      await eventually(archived, {
        withinMs: ARCHIVED_WITHIN_MS,
        everyMs: 100,
        says: 'the archiving of the write-ahead log',
      });
    });
  }

  /** Replaces the cluster with the base backup. PostgreSQL must not be running. */
  restoreFiles(): void {
    renameSync(this.cluster, `${this.cluster}.lost`);
    renameSync(join(this.home, 'base'), this.cluster);
    appendFileSync(join(this.cluster, 'postgresql.auto.conf'), this.page.block('recovery'));
    writeFileSync(join(this.cluster, 'recovery.signal'), '');
    const { uid, gid } = statSync(this.cluster);
    chownSync(join(this.cluster, 'recovery.signal'), uid, gid);
  }

  /** Call this on the restored PostgreSQL, so that no transaction id is used a second time. */
  async moveTransactionsAhead(): Promise<void> {
    await this.asAdmin((client) => client.query(this.page.block('ahead')));
  }

  private write(file: string, text: string): void {
    const path = join(this.home, file);
    writeFileSync(path, text);
    const { uid, gid } = statSync(this.cluster);
    chownSync(path, uid, gid);
  }

  private async asAdmin<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.system.adminUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
