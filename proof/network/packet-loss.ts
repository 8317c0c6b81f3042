import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ONE_IN = 5;
const TCP = 6;

/** These are operations and offsets of classic BPF. An IP header without options has 20 bytes. */
const LOAD_BYTE = 48;
const LOAD_HALF = 40;
const LOAD_WORD = 32;
const MODULO = 148;
const IF_EQUAL = 21;
const RETURN = 6;
const NETWORK = 0xfff00000;
const RANDOM = 0xfffff038;
const DROP = 2;
const GO_ON = 0xffffffff;

/** Returns the bytecode, in the form of `tc`, that drops one in five packets to or from these TCP ports. */
export function buildLossProgram(ports: readonly number[]): string {
  const lose = 4 + 2 * ports.length;
  const pass = lose + 4;
  const program: [number, number, number, number][] = [];
  const add = (operation: number, value: number, onTrue = 0, onFalse = 0): void => {
    // A jump counts from the instruction after it.
    const steps = (to: number): number => (to === 0 ? 0 : to - program.length - 1);
    program.push([operation, steps(onTrue), steps(onFalse), value]);
  };
  const next = (): number => program.length + 1;
  add(LOAD_BYTE, NETWORK + 9);
  add(IF_EQUAL, TCP, next(), pass);
  add(LOAD_HALF, NETWORK + 20);
  for (const port of ports) add(IF_EQUAL, port, lose, next());
  add(LOAD_HALF, NETWORK + 22);
  for (const [at, port] of ports.entries())
    add(IF_EQUAL, port, lose, at === ports.length - 1 ? pass : next());
  add(LOAD_WORD, RANDOM);
  add(MODULO, ONE_IN);
  add(IF_EQUAL, 0, next(), pass);
  add(RETURN, DROP);
  add(RETURN, GO_ON);
  return `${program.length},${program.map((words) => words.join(' ')).join(',')}`;
}

/**
 * Drops one in five packets of these ports on 127.0.0.1 during the work. They are dropped when they arrive,
 * because there the sender does not notice it.
 */
export async function whileLosingPackets<Result>(
  ports: readonly number[],
  work: () => Promise<Result>,
): Promise<{ lost: number; result: Result }> {
  await run('tc', ['qdisc', 'add', 'dev', 'lo', 'clsact']);
  try {
    const filter = [
      'filter',
      'add',
      'dev',
      'lo',
      'ingress',
      'protocol',
      'ip',
      'bpf',
      'direct-action',
      'bytecode',
      buildLossProgram(ports),
    ];
    await run('tc', filter);
    const result = await work();
    return { lost: await countLost(), result };
  } finally {
    await run('tc', ['qdisc', 'del', 'dev', 'lo', 'clsact']);
  }
}

async function countLost(): Promise<number> {
  const { stdout } = await run('tc', ['-s', '-j', 'qdisc', 'show', 'dev', 'lo']);
  const disciplines = JSON.parse(stdout) as { kind: string; drops: number }[];
  return disciplines.find(({ kind }) => kind === 'clsact')?.drops ?? 0;
}
