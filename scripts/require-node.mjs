// Imported before anything else, and written so that an old Node.js understands it: whatever follows may not run there.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  const version = process.versions.node;
  console.error(
    `gangway: Node.js ${version} runs this, but 20.19.0 or later is needed: install a newer one. [NODE_TOO_OLD]`,
  );
  process.exit(78);
}
