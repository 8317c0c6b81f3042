import { concordat } from './concordat.ts';

/** A reader that closes the pipe early, such as `head`, is not an error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
process.exitCode = await concordat(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr, environment: process.env },
  stop.signal,
);
