import config from '../../jest.config.mjs';

/** Records the histories this version lacks: node --experimental-vm-modules node_modules/jest/bin/jest.js --config test/replay/record-histories.config.mjs */
export default {
  ...config,
  rootDir: '../..',
  projects: config.projects
    .filter(({ displayName }) => displayName === 'replay')
    .map((project) => ({ ...project, testMatch: ['<rootDir>/test/replay/record-histories.ts'] })),
};
