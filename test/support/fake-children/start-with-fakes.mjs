// A supervisor of its own, which a test may kill: real servers, a fake worker and a fake API.
import { join } from 'node:path';

const dist = new URL('../../../dist/', import.meta.url);
const { readConfig } = await import(new URL('shared/platform/config/read-config.js', dist).href);
const { startStandalone } = await import(new URL('standalone/start-standalone.js', dist).href);

await startStandalone({
  config: readConfig(process.env),
  env: process.env,
  children: {
    worker: join(import.meta.dirname, 'fake-worker.mjs'),
    api: join(import.meta.dirname, 'fake-api.mjs'),
  },
});
process.send({ ready: true });
