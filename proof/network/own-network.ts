import { spawn, spawnSync } from 'node:child_process';
import { lossProgram } from './packet-loss.ts';

/** Set in the process that has been put into a network of its own. */
const INSIDE = 'FAULT_OWN_NETWORK';

export const isInOwnNetwork = (): boolean => process.env[INSIDE] !== undefined;

/** What keeps this machine from losing packets in a network of their own; undefined when it can. */
export function noOwnNetwork(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces want root';
  const rehearsal = `ip link set lo up && tc qdisc add dev lo clsact && tc filter add dev lo ingress protocol ip bpf direct-action bytecode '${lossProgram([1])}'`;
  const { status, stderr } = spawnSync('unshare', ['--net', 'sh', '-c', rehearsal], { encoding: 'utf8' });
  return status === 0
    ? undefined
    : `network namespaces, or a BPF filter by tc, are missing: ${String(stderr ?? '').split('\n')[0] || 'no unshare'}`;
}

/**
 * Runs this very script again in a network of its own, in which nothing but its own 127.0.0.1 can be reached; what it does to that
 * network nobody else notices, and it goes when the last of its processes ends.
 */
export function againInOwnNetwork(args: readonly string[]): {
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
