#!/usr/bin/env node
// What `npx gangway` and `npm run cli --` run: the command line of this clone, built first where it has to be.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `gangway: Node.js 20.19 or newer is needed, this is ${process.versions.node}: install a newer one.`,
  );
  process.exit(2);
}
await import('./ensure-built.mjs');
await import('../dist/cli/main.js');
