/**
 * The first step of `npm start` and `npm test`. It runs on any installed Node and without any package. It
 * makes sure that the packages of the lockfile, Java and Maven are installed and that dist/ is built from the
 * present sources. `npm start` then goes on with start.ts; with --help it prints the help at once and
 * installs nothing.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const LIBRARIES = join(ROOT, '.data/kafka-libs');
const STAMP = join(ROOT, 'dist/.built-from');
const [purpose = 'start', ...options] = process.argv.slice(2);

if (purpose === 'start' && options.includes('--help'))
  console.log(readFileSync(join(ROOT, 'deploy/local/start-usage.txt'), 'utf8').trimEnd());
else {
  prepare();
  if (purpose === 'start') await start();
}

function prepare() {
  try {
    requireNode();
    installPackages();
    requireBroker();
    build();
  } catch (problem) {
    console.error(`\n${problem.message}\n`);
    process.exit(1);
  }
}

/**
 * Starts in this process if its Node can read TypeScript, otherwise with the Node that came with the
 * packages.
 */
async function start() {
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    // start.ts expects only its own options.
    process.argv.splice(2, 1);
    await import('./start.ts');
    return;
  }
  const program = [
    '--disable-warning=TimeoutNegativeWarning',
    join(ROOT, 'deploy/local/start.ts'),
    ...options,
  ];
  const running = spawn(join(ROOT, 'node_modules/.bin/node'), program, { stdio: 'inherit' });
  // Ctrl-C in a terminal reaches the program itself, and a second signal would kill everything at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) running.kill(signal);
    });
  }
  running.once('close', (code) => process.exit(code ?? 1));
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`Node ${process.versions.node} is too old. Install Node 20.19 or later.`);
  // On this platform the packages include Node 24. On others the installed Node is used.
  const bringsNode = process.platform === 'linux' && process.arch === 'x64';
  if (!bringsNode && (major < 24 || (major === 24 && minor < 2))) {
    throw new Error(
      `On ${process.platform}-${process.arch} Concordat runs on the installed Node, and ${process.versions.node} is too old. Install Node 24.2 or later.`,
    );
  }
}

/** Runs `npm ci` if a package of the lockfile is missing or has another version. */
function installPackages() {
  const reason = whyInstall();
  if (!reason) return;
  // npm's warnings about an old Node are hidden, because the tools run on the Node that comes with the
  // packages.
  step(`Installing packages: ${reason}`, () => {
    // No package runs its own scripts during the installation, except those that package.json allows by name.
    npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
    const allowed = Object.entries(readJson(join(ROOT, 'package.json')).allowScripts)
      .filter(([name, may]) => may && existsSync(join(ROOT, 'node_modules', name)))
      .map(([name]) => name);
    if (allowed.length > 0) npm('rebuild', '--loglevel=error', ...allowed);
  });
}

function npm(...words) {
  const { status, error } = spawnSync('npm', words, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error(`npm ${words[0]} failed${error ? ` (${error.message})` : ''}: see its output above.`);
}

function whyInstall() {
  const locked = readJson(join(ROOT, 'package-lock.json'));
  const installed = readJson(join(ROOT, 'node_modules/.package-lock.json'));
  if (!locked) throw new Error('package-lock.json is missing or unreadable. Restore it from the repository.');
  if (!installed) return 'none are installed yet';
  for (const [path, { version, optional }] of Object.entries(locked.packages)) {
    if (path === '' || (optional && !installed.packages[path])) continue;
    if (installed.packages[path]?.version !== version)
      return `${path.replace(/^.*node_modules\//, '')} ${version} is in the lockfile`;
  }
  return undefined;
}

/**
 * Checks that Java, which runs the broker, and Maven, which fetches it once, are installed. An external Kafka
 * needs neither.
 */
function requireBroker() {
  if (process.env.KAFKA_BROKERS && purpose === 'start') return;
  const otherwise =
    purpose === 'start'
      ? 'or run `docker compose up`, or set KAFKA_BROKERS and DATABASE_URL to your own Kafka and PostgreSQL'
      : 'because the tests run against a real Kafka';
  const java = outputOf('java', ['-version']);
  const version = Number(/version "(\d+)/.exec(java ?? '')?.[1] ?? 0);
  if (version < 17) {
    const found =
      java === undefined ? 'Java is not installed' : `Java ${version || 'of an unknown version'} is too old`;
    throw new Error(
      `${found}. Install a Java runtime of version 17 or later (Debian: apt-get install openjdk-17-jre-headless), ${otherwise}.`,
    );
  }
  const fetched =
    existsSync(LIBRARIES) && readdirSync(LIBRARIES).some((file) => file.startsWith('kafka_2.13-'));
  if (!fetched && outputOf('mvn', ['-v']) === undefined) {
    throw new Error(
      `Maven is not installed. It is needed once, to fetch Apache Kafka. Install it (Debian: apt-get install maven), ${otherwise}.`,
    );
  }
}

function outputOf(command, args) {
  try {
    const { error, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    return error ? undefined : `${stderr}${stdout}`;
  } catch {
    return undefined;
  }
}

/** Compiles apps and libs into dist/ if a source has changed since the last build. */
function build() {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  step('Building', () => {
    const node = join(ROOT, 'node_modules/.bin/node');
    const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
    for (const program of [[nest, 'build'], [join(ROOT, 'apps/desk/build-assets.ts')]]) {
      execFileSync(existsSync(node) ? node : process.execPath, program, { cwd: ROOT, stdio: 'inherit' });
    }
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, sources);
  });
}

function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const at = join(path, entry.name);
      if (entry.isDirectory()) visit(at);
      else if (/\.(ts|json|njk|scss|svg)$/.test(entry.name) && !entry.name.endsWith('.spec.ts')) {
        const { mtimeMs, size } = statSync(at);
        hash.update(`${at} ${mtimeMs} ${size}\n`);
      }
    }
  };
  for (const folder of ['apps', 'libs']) visit(join(ROOT, folder));
  for (const file of ['tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json'])
    hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function step(name, work) {
  const before = Date.now();
  console.log(`${name} …`);
  try {
    work();
  } catch (problem) {
    throw problem.status ? new Error(`${name} failed. See its output above.`) : problem;
  }
  console.log(`${name.split(':')[0]}: done after ${((Date.now() - before) / 1000).toFixed(1)} s`);
}
