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
  /** Variables added to the present environment; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Output is appended to this file. Lines of earlier processes stay until the file is set aside because of
   * its size.
   */
  readonly logFile: string;
  /** LOG_FILE_MB and LOG_FILES set the limits by default. */
  readonly logLimits?: LogLimits;
  readonly uid?: number;
  readonly gid?: number;
  /** Called for every line that it prints, in addition to the log file. */
  readonly onLine?: (line: string) => void;
}

/** A process that never became ready has no work to finish, so it gets little time to stop. */
const LATE_STOP_WITHIN_MS = 5_000;

/** A running process whose output goes to a log file and that ends when the process that started it ends. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the process has ended, to its exit code or to the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /**
   * Sends the signal, and kills the process if it has not ended in time. Returns which of the two ended it.
   */
  stop(signal?: NodeJS.Signals, withinMs?: number): Promise<'stopped' | 'killed'>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a process in its own process group, so that Ctrl-C in the terminal reaches only the present process,
 * which then stops the others in order.
 */
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
  log.line(boundary(options.name, startLineOf(pid)));

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
  // The signal goes to the whole group, because a grandchild that lives on would hold the log and its port
  // open.
  const killGroup = (signal: NodeJS.Signals): void => {
    if (over) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The process ended by itself in the meantime.
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
 * Waits until the process is ready. If it ends first or takes too long, this throws an error with its last
 * log lines. It stops the process then, because the next attempt needs its port.
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

/**
 * An error for a process that did not become ready. It holds the last lines of its log, and the path of the
 * log.
 */
export class ChildFailure extends Error {
  constructor(child: Pick<Child, 'name' | 'logFile' | 'pid'>, reason: string) {
    super(`${child.name} ${reason}. Last lines of ${child.logFile}:\n${lastLines(child)}`);
    this.name = 'ChildFailure';
  }
}

function lastLines({ logFile, pid }: Pick<Child, 'logFile' | 'pid'>): string {
  try {
    return lastLinesOf(logFile, startLineOf(pid), 15)
      .map((line) => `  │ ${line}`)
      .join('\n');
  } catch {
    return '  │ (no log)';
  }
}

const startLineOf = (pid: number): string => `process ${String(pid)} started`;

/**
 * Returns a log line that marks where a process starts or ends, in the same form as the services' own lines.
 */
function boundary(service: string, msg: string): string {
  return JSON.stringify({
    level: 'info',
    time: new Date().toISOString(),
    service,
    msg,
    context: 'npm start',
  });
}
