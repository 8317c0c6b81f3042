import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const V1 = '/sys/fs/cgroup/memory';
const V2 = '/sys/fs/cgroup';

interface CgroupFiles {
  readonly root: string;
  readonly limit: string;
  readonly events: string;
}

/** Returns what this machine needs before it can limit memory; undefined when it can. */
export function missingForMemoryLimit(): string | undefined {
  if (process.getuid?.() !== 0) return 'control groups need root';
  return findFiles() ? undefined : 'this machine has no memory control group';
}

function findFiles(): CgroupFiles | undefined {
  if (existsSync(join(V1, 'memory.limit_in_bytes')))
    return { root: V1, limit: 'memory.limit_in_bytes', events: 'memory.oom_control' };
  const controls = join(V2, 'cgroup.subtree_control');
  if (!existsSync(controls) || !readFileSync(controls, 'utf8').includes('memory')) return undefined;
  return { root: V2, limit: 'memory.max', events: 'memory.events' };
}

/** A control group with a memory limit. The kernel kills a process of the group that goes beyond it. */
export class MemoryCgroup {
  private readonly at: CgroupFiles;
  private readonly folder: string;

  constructor(name: string, bytes: number) {
    const at = findFiles();
    if (!at) throw new Error(missingForMemoryLimit());
    this.at = at;
    this.folder = join(at.root, `concordat-${process.pid}-${name}`);
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, at.limit), String(bytes));
  }

  /** Memory that the process allocates from now on counts towards the limit. */
  add(pid: number): void {
    writeFileSync(join(this.folder, 'cgroup.procs'), String(pid));
  }

  /** The number of processes that the kernel killed because of the limit. */
  killedCount(): number {
    return Number(
      /^oom_kill (\d+)$/m.exec(readFileSync(join(this.folder, this.at.events), 'utf8'))?.[1] ?? 0,
    );
  }

  /** Processes that are still in the group move back to the root group. */
  remove(): void {
    for (const pid of readFileSync(join(this.folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
      writeFileSync(join(this.at.root, 'cgroup.procs'), pid);
    }
    rmdirSync(this.folder);
  }
}
