#!/usr/bin/env node
// What `npx gangway` and `npm run cli --` run: the command line of this clone, built first where it has to be.
await import('./ensure-built.mjs');
await import('../dist/cli/main.js');
