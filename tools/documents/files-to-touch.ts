/** A row of a table under "Files to touch": a path in backquotes in the first column. */
const ROW = /^\| `([^`]+)` +\|/gm;

/** Returns the paths that a how-to lists under "Files to touch"; undefined if it has no such section. */
export function filesToTouch(markdown: string): string[] | undefined {
  const section = markdown.split(/^## Files to touch$/m)[1]?.split(/^## /m)[0];
  if (section === undefined) return undefined;
  return [...section.matchAll(ROW)].map(([, path]) => path ?? '');
}

/**
 * Returns the paths that no file matches. `<name>` is any text without a slash and `*` any text or none. Each
 * alternative in `{a,b}` must exist.
 */
export function pathsWithoutFile(paths: readonly string[], files: readonly string[]): string[] {
  return paths.flatMap(alternatives).filter((path) => {
    const pattern = path
      .replaceAll(/[.+?^$()[\]\\|]/g, '\\$&')
      .replaceAll(/<[^>]+>/g, '[^/]+')
      .replaceAll('*', '[^/]*');
    return !files.some((file) => new RegExp(`^${pattern}$`).test(file));
  });
}

function alternatives(path: string): string[] {
  const [, before = '', inner, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  if (inner === undefined) return [path];
  return inner.split(',').flatMap((one) => alternatives(`${before}${one}${after}`));
}
