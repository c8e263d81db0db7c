/* A child that is told to stop and cannot: neither does its stopping end, nor its exit. */
import { announceReady, exitWithParent } from '../../../dist/shared/platform/child-process.js';

exitWithParent(() => new Promise(() => undefined));
process.on('exit', () => {
  for (;;);
});
setInterval(() => undefined, 1000);
announceReady();
