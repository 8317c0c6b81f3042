import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from '#kernel';
import { guardProcess, releaseProcess } from './process-guard.ts';
import { lastLinesOf, LogFile, logLimitsFrom, type LogLimits } from './log-file.ts';

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the present environment; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Appended to: the lines of earlier processes stay until the file is set aside for its size. */
  readonly logFile: string;
  /** From LOG_FILE_MB and LOG_FILES when left out. */
  readonly logLimits?: LogLimits;
  readonly uid?: number;
  readonly gid?: number;
  /** Called for every line it prints, beside the log file. */
  readonly onLine?: (line: string) => void;
}

/** A process that did not become ready has nothing in hand. */
const LATE_STOP_WITHIN_MS = 5_000;

/** A running process whose output goes to a log file and which does not outlive the one that started it. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles once, when the process has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Asks with the signal, kills after the time; returns how it went. */
  stop(signal?: NodeJS.Signals, withinMs?: number): Promise<'stopped' | 'killed'>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a process in its own process group, so that Ctrl-C in the terminal reaches only the one that drains. */
export async function startChild(options: ChildOptions): Promise<Child> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = new LogFile(options.logFile, options.logLimits ?? logLimitsFrom(process.env));
  const running = spawn(options.command, [...options.args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
  });
  const failedToStart = new Promise<never>((_, reject) => {
    running.once('error', (error) => {
      log.close();
      reject(new Error(`${options.name} could not be started: ${error.message}`));
    });
  });
  await Promise.race([new Promise<void>((resolve) => running.once('spawn', resolve)), failedToStart]);
  failedToStart.catch(() => undefined);
  const pid = running.pid as number;
  guardProcess(pid);
  log.line(boundary(options.name, startOf(pid)));

  for (const stream of [running.stdout, running.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.line(line);
      options.onLine?.(line);
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    running.once('close', (code, signal) => {
      releaseProcess(pid);
      const end = code ?? signal ?? 0;
      log.line(boundary(options.name, `process ${String(pid)} ended (${String(end)})`));
      log.close();
      resolve(end);
    });
  });
  let over = false;
  // The whole group: a grandchild that lived on would hold the log open, and its port.
  const killGroup = (signal: NodeJS.Signals): void => {
    if (over) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended by itself in the meantime.
    }
  };
  void ended.then(() => (over = true));
  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    ended,
    kill: killGroup,
    async stop(signal = 'SIGTERM', withinMs = 20_000) {
      if (over) return 'stopped';
      running.kill(signal);
      if ((await within(withinMs, ended, () => 'late' as const)) !== 'late') return 'stopped';
      killGroup('SIGKILL');
      await ended;
      return 'killed';
    },
  };
}

/**
 * Waits for a sign of readiness; a process that ends first, or takes too long, is a failure that shows its last log lines. It does
 * not run on then: its port is wanted by the next try.
 */
export async function untilReady(child: Child, ready: Promise<unknown>, withinMs: number): Promise<void> {
  const gone = child.ended.then((code) => {
    throw new ChildFailure(child, `ended (${String(code)}) before it was ready`);
  });
  gone.catch(() => undefined);
  try {
    await within(withinMs, Promise.race([ready, gone]), () => {
      throw new ChildFailure(child, `was not ready after ${String(withinMs / 1000)} s`);
    });
  } catch (error) {
    await child.stop('SIGTERM', LATE_STOP_WITHIN_MS);
    throw error;
  }
}

/** A process did not come up or ended: carries the last lines of its log, and where the rest is. */
export class ChildFailure extends Error {
  constructor(child: Pick<Child, 'name' | 'logFile' | 'pid'>, what: string) {
    super(`${child.name} ${what}. Last lines of ${child.logFile}:\n${lastLines(child)}`);
    this.name = 'ChildFailure';
  }
}

function lastLines({ logFile, pid }: Pick<Child, 'logFile' | 'pid'>): string {
  try {
    return lastLinesOf(logFile, startOf(pid), 15)
      .map((line) => `  │ ${line}`)
      .join('\n');
  } catch {
    return '  │ (no log)';
  }
}

const startOf = (pid: number): string => `process ${String(pid)} started`;

/** Where one process ends and the next begins, in the form that services log in. */
function boundary(service: string, msg: string): string {
  return JSON.stringify({
    level: 'info',
    time: new Date().toISOString(),
    service,
    msg,
    context: 'npm start',
  });
}
