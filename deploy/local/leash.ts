import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Reads "hold PID" and "drop PID" lines until its input ends, which the kernel does when the process that started it
 * dies, even by kill -9. Then it stops what is still held: asked first, killed after ten seconds.
 */
const SCRIPT = `
held=
while read -r verb pid; do
  rest=
  for one in $held; do [ "$one" = "$pid" ] || rest="$rest $one"; done
  held=$rest
  [ "$verb" = hold ] && held="$held $pid"
done
for pid in $held; do kill -TERM "$pid" 2>/dev/null; done
left=100
while [ $left -gt 0 ]; do
  alive=
  for pid in $held; do kill -0 "$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && exit 0
  sleep 0.1
  left=$((left - 1))
done
for pid in $held; do kill -KILL -- "-$pid" "$pid" 2>/dev/null; done
`;

let keeper: ChildProcess | undefined;

function tell(verb: 'hold' | 'drop', pid: number): void {
  if (!keeper) {
    // In a session of its own, so that Ctrl-C in the terminal does not reach it.
    keeper = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    keeper.on('error', () => undefined);
    keeper.stdin?.on('error', () => undefined);
    keeper.unref();
    (keeper.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  keeper.stdin?.write(`${verb} ${String(pid)}\n`);
}

/** From now on the process with this id does not outlive the present one. */
export const holdOnLeash = (pid: number): void => {
  tell('hold', pid);
};

/** The process ended: its id may be given to a stranger. */
export const dropFromLeash = (pid: number): void => {
  tell('drop', pid);
};
