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
 * Adds the variants of packages for other platforms to package-lock.json. npm leaves out variants that its
 * registry does not serve, and `npm ci` then refuses the file as inconsistent. Variants for other platforms
 * are never downloaded.
 */
export function completeLockfile(text: string): string {
  const lock = JSON.parse(text) as Lockfile;
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name]) =>
          !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      )
      .map(
        ([name, version]) => [`node_modules/${name}`, describeVariant(name, version, dev === true)] as const,
      ),
  );
  if (missing.length === 0) return text;
  const packages = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) =>
    a.localeCompare(b, 'en'),
  );
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`;
}

/**
 * Describes a variant of a package. Its platform is read from its name, such as `@swc/core-linux-ppc64-gnu`.
 */
function describeVariant(name: string, version: string, dev: boolean): LockedPackage {
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
