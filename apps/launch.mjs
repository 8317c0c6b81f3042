// Starts a program of an app from what `npm start` has built, or says in one line what to do first.
import { existsSync } from 'node:fs';

const [node = '', , program = '', ...rest] = process.argv;
const [app, file] = program.split('/');
const built = new URL(`../dist/apps/${app}/src/${file}.js`, import.meta.url);
if (!existsSync(built)) {
  console.error('Nothing has been built yet. Start the system first, in another terminal: npm start');
  process.exit(2);
}
process.argv = [node, built.pathname, ...rest];
await import(built.href);
