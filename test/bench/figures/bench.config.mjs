import config from '../../../jest.config.mjs';

/** The figures the product is judged by, one after the other on a machine that does nothing else: npm run bench. */
export default {
  ...config,
  rootDir: '../../..',
  maxWorkers: 1,
  testTimeout: 900_000,
  projects: config.projects
    .filter(({ displayName }) => displayName === 'workflow')
    .map((project) => ({
      ...project,
      displayName: 'bench',
      testMatch: ['<rootDir>/test/bench/figures/*.bench.ts'],
    })),
  reporters: ['<rootDir>/test/bench/figures/figures-reporter.mjs'],
};
