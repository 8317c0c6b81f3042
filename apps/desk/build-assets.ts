import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { compile } from 'sass';

/**
 * Builds the styles, the script and the pictures of the desk into dist/apps/desk, with compressed copies, so
 * that the running desk compresses nothing.
 */
const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../..');
const OUT = join(ROOT, 'dist/apps/desk');
const PUBLIC = join(OUT, 'public');
const MODULES = join(ROOT, 'node_modules');
const FONTS = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/atkinson-hyperlegible-next/package.json'),
);

rmSync(PUBLIC, { recursive: true, force: true });
mkdirSync(PUBLIC, { recursive: true });
cpSync(join(HERE, 'views'), join(OUT, 'views'), { recursive: true });

const { css } = compile(join(HERE, 'assets/desk.scss'), {
  loadPaths: [MODULES, join(HERE, 'assets')],
  style: 'compressed',
  quietDeps: true,
});
writeFileSync(join(PUBLIC, 'desk.css'), css);
buildSync({
  entryPoints: [join(HERE, 'assets/desk.ts')],
  outfile: join(PUBLIC, 'desk.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
});
for (const picture of ['mark.svg', 'shapes.svg'])
  cpSync(join(HERE, 'assets', picture), join(PUBLIC, picture));
for (const [name, file] of [
  ['atkinson-latin.woff2', 'atkinson-hyperlegible-next-latin-wght-normal.woff2'],
  ['atkinson-latin-ext.woff2', 'atkinson-hyperlegible-next-latin-ext-wght-normal.woff2'],
] as const)
  cpSync(join(FONTS, 'files', file), join(PUBLIC, name));

const build = createHash('sha256');
for (const file of readdirSync(PUBLIC).sort()) {
  const content = readFileSync(join(PUBLIC, file));
  build.update(file).update(content);
  if (file.endsWith('.woff2')) continue;
  writeFileSync(join(PUBLIC, `${file}.br`), brotliCompressSync(content));
  writeFileSync(join(PUBLIC, `${file}.gz`), gzipSync(content));
}
writeFileSync(join(PUBLIC, 'build.txt'), build.digest('hex').slice(0, 12));
