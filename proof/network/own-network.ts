import { spawn, spawnSync } from 'node:child_process';
import { buildLossProgram } from './packet-loss.ts';

/** This variable is set in the process that runs in its own network. */
const INSIDE = 'FAULT_OWN_NETWORK';

export const isInOwnNetwork = (): boolean => process.env[INSIDE] !== undefined;

/** Returns what this machine needs before it can drop packets in a private network; undefined when it can. */
export function missingForOwnNetwork(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const rehearsal = `ip link set lo up && tc qdisc add dev lo clsact && tc filter add dev lo ingress protocol ip bpf direct-action bytecode '${buildLossProgram([1])}'`;
  const { status, stderr } = spawnSync('unshare', ['--net', 'sh', '-c', rehearsal], { encoding: 'utf8' });
  return status === 0
    ? undefined
    : `network namespaces, or a BPF filter by tc, are missing: ${String(stderr ?? '').split('\n')[0] || 'no unshare'}`;
}

/**
 * Runs the present script again in a private network, where it can reach only its own 127.0.0.1. No other
 * process is affected, and the network disappears with the last process in it.
 */
export function restartInOwnNetwork(args: readonly string[]): {
  readonly ended: Promise<number>;
  readonly stop: () => void;
} {
  const script = process.argv[1] as string;
  const command = [process.execPath, ...process.execArgv, script, ...args]
    .map((word) => `'${word}'`)
    .join(' ');
  const child = spawn('unshare', ['--net', 'sh', '-c', `ip link set lo up && exec ${command}`], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: 'yes' },
  });
  return {
    ended: new Promise((resolve, reject) =>
      child.once('error', reject).once('close', (code) => resolve(code ?? 1)),
    ),
    stop: () => void child.kill('SIGTERM'),
  };
}
