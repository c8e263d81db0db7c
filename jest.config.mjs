const tier = (name, options = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  setupFilesAfterEnv: options.setup ?? [],
  ...(options.engine
    ? {
        globalSetup: '<rootDir>/test/support/start-servers.mjs',
        globalTeardown: '<rootDir>/test/support/stop-servers.mjs',
      }
    : {}),
});

/** Tiers: `unit` needs nothing; the others share one Temporal server and one store, started once per run. */
export default {
  projects: [
    tier('unit'),
    tier('integration', { engine: true }),
    tier('replay', { engine: true }),
    tier('workflow', { engine: true }),
    tier('e2e', { engine: true }),
    // Needs strace: only when asked for, so that `npm test` needs no system package.
    ...(process.env['GANGWAY_SYSTEM_TESTS'] === '1' ? [tier('system')] : []),
  ],
  maxWorkers: 2,
  // Modules of a test file stay in the memory of its worker: after some it begins anew, before it is slow or out of memory.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.mjs'],
};
