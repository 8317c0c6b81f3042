/**
 * Loaded into each service (`NODE_OPTIONS=--import`). It appends Node's memory usage to one file per process.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const EVERY_MS = 5_000;
const file = join(process.env.BENCH_MEMORY, `${process.pid}.jsonl`);
setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage();
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), rss, heapUsed })}\n`);
}, EVERY_MS).unref();
