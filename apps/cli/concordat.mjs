#!/usr/bin/env node
process.argv.splice(2, 0, 'cli/main');
await import('../launch.mjs');
