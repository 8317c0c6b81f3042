// Starts one of this app's programs from what `npm start` has built, or says in one line what to do first.
import { existsSync } from 'node:fs';

const [, , program = '', ...rest] = process.argv;
const built = new URL(`../../dist/apps/simulator/src/${program}.js`, import.meta.url);
if (!existsSync(built)) {
  console.error('Nothing has been built yet. Start the system first, in another terminal: npm start');
  process.exit(2);
}
process.argv = [process.argv[0], built.pathname, ...rest];
await import(built.href);
