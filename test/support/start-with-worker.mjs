// The packaged start with another worker in place of ours, brought back at once: GANGWAY_TEST_WORKER names its module.
const dist = new URL('../../dist/', import.meta.url);
const { readConfig } = await import(new URL('shared/platform/config/read-config.js', dist).href);
const { startStandalone } = await import(new URL('standalone/start-standalone.js', dist).href);

const running = await startStandalone({
  config: readConfig(process.env),
  env: process.env,
  children: { worker: process.env.GANGWAY_TEST_WORKER },
  patience: { firstBackOffMs: 100, longestBackOffMs: 100 },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void running.stop());
process.stdout.write(`Gangway runs. ${running.firstApiKey ?? ''}\n`);
