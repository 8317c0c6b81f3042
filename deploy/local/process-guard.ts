import { spawn, type ChildProcess } from 'node:child_process';

/**
 * The script reads "guard PID" and "release PID" lines until its input ends. The kernel closes that input
 * when the process that started the script dies, even by kill -9. The script then sends SIGTERM to every
 * guarded process, and SIGKILL ten seconds later.
 */
const SCRIPT = `
guarded=
while read -r verb pid; do
  rest=
  for one in $guarded; do [ "$one" = "$pid" ] || rest="$rest $one"; done
  guarded=$rest
  [ "$verb" = guard ] && guarded="$guarded $pid"
done
for pid in $guarded; do kill -TERM "$pid" 2>/dev/null; done
left=100
while [ $left -gt 0 ]; do
  alive=
  for pid in $guarded; do kill -0 "$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && exit 0
  sleep 0.1
  left=$((left - 1))
done
for pid in $guarded; do kill -KILL -- "-$pid" "$pid" 2>/dev/null; done
`;

let guard: ChildProcess | undefined;

function send(verb: 'guard' | 'release', pid: number): void {
  if (!guard) {
    // The guard has a session of its own, so that Ctrl-C in the terminal does not reach it.
    guard = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    guard.on('error', () => undefined);
    guard.stdin?.on('error', () => undefined);
    guard.unref();
    (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  guard.stdin?.write(`${verb} ${String(pid)}\n`);
}

/** Makes sure that the process with this id is stopped when the present process ends. */
export const guardProcess = (pid: number): void => {
  send('guard', pid);
};

/** Takes an ended process off the guard's list, because the system may give its id to another process. */
export const releaseProcess = (pid: number): void => {
  send('release', pid);
};
