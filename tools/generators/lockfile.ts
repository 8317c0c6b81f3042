interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * package-lock.json with every platform's variant of a package, also those that a registry in reach does not serve: npm leaves them
 * out when it writes the file there, and `npm ci` then refuses it as out of step. What is of another platform is never fetched.
 */
export function completeLockfile(text: string): string {
  const lock = JSON.parse(text) as Lockfile;
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name]) =>
          !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      )
      .map(([name, version]) => [`node_modules/${name}`, variant(name, version, dev === true)] as const),
  );
  if (missing.length === 0) return text;
  const packages = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) =>
    a.localeCompare(b, 'en'),
  );
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`;
}

/** Its platform is read from its name: `@swc/core-linux-ppc64-gnu`. */
function variant(name: string, version: string, dev: boolean): LockedPackage {
  const os = /(?:darwin|linux|win32|freebsd|android|openharmony)/.exec(name)?.[0];
  const cpu = /-(arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64)(?:-|$)/.exec(name)?.[1];
  if (!os || !cpu || !/^\d+\.\d+\.\d+/.test(version))
    throw new Error(`package-lock.json lacks ${name}@${version}, and its name does not say its platform`);
  const libc = /-(?:musl|gnu)/.exec(name)?.[0] === '-musl' ? 'musl' : 'glibc';
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}
