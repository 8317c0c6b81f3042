import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const V1 = '/sys/fs/cgroup/memory';
const V2 = '/sys/fs/cgroup';

interface Files {
  readonly root: string;
  readonly limit: string;
  readonly events: string;
}

/** What keeps this machine from limiting memory; undefined when it can. */
export function noMemoryLimit(): string | undefined {
  if (process.getuid?.() !== 0) return 'control groups want root';
  return files() ? undefined : 'this machine has no control group of memory';
}

function files(): Files | undefined {
  if (existsSync(join(V1, 'memory.limit_in_bytes')))
    return { root: V1, limit: 'memory.limit_in_bytes', events: 'memory.oom_control' };
  const controls = join(V2, 'cgroup.subtree_control');
  if (!existsSync(controls) || !readFileSync(controls, 'utf8').includes('memory')) return undefined;
  return { root: V2, limit: 'memory.max', events: 'memory.events' };
}

/** A control group whose processes may hold so much memory together; who wants more is killed by the kernel. */
export class MemoryCgroup {
  private readonly at: Files;
  private readonly folder: string;

  constructor(name: string, bytes: number) {
    const at = files();
    if (!at) throw new Error(noMemoryLimit());
    this.at = at;
    this.folder = join(at.root, `concordat-${process.pid}-${name}`);
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, at.limit), String(bytes));
  }

  /** What it allocates from now on counts. */
  take(pid: number): void {
    writeFileSync(join(this.folder, 'cgroup.procs'), String(pid));
  }

  /** How many the kernel killed for want of memory. */
  killed(): number {
    return Number(
      /^oom_kill (\d+)$/m.exec(readFileSync(join(this.folder, this.at.events), 'utf8'))?.[1] ?? 0,
    );
  }

  /** Its processes, if any are left, come under the limit of the whole machine again. */
  remove(): void {
    for (const pid of readFileSync(join(this.folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
      writeFileSync(join(this.at.root, 'cgroup.procs'), pid);
    }
    rmdirSync(this.folder);
  }
}
