// A worker that is killed with -9, five times in its lives, right after the directory applied a write and before anybody
// heard of it: the worst moment there is. With GANGWAY_TEST_CARELESS its directory no longer compares before it writes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const { createDirectoryConnector } = await load('activities/connectors/directory/directory-connector.js');
const { systemClock } = await load('activities/ports/system-clock.js');
const { createDirectory } = await load('directory/create-directory.js');
const { announceReady, exitWithParent } = await load('shared/platform/child-process.js');
const { readConfig } = await load('shared/platform/config/read-config.js');
const { createLogger } = await load('shared/platform/logging.js');
const { connectDatabase } = await load('shared/platform/persistence/connect.js');
const { startWorker } = await load('worker/start-worker.js');

const DEATHS = 5;
const WRITES = [
  'disable',
  'setPassword',
  'revokeAppPasswords',
  'revokeOauthGrants',
  'voidLinks',
  'removeRecoveryMeans',
  'setProtocols',
  'revokeSessions',
  'removeOwnRules',
  'setRole',
  'setAutoReply',
];

const config = readConfig(process.env);
const { connection } = await connectDatabase(config.store.externalUri, { appName: 'mortal-worker' });
const directory = createDirectory({
  connection,
  clock: systemClock,
  sendMail: () => Promise.reject(new Error('no mail leaves from here')),
  compareFirst: process.env.GANGWAY_TEST_CARELESS === undefined,
});

/** Every death is for another write, chosen by its key: the repetition of a write survives. */
function dieOnceIn(lives, effectKey) {
  if (createHash('sha256').update(effectKey).digest()[0] % lives !== 0) return;
  for (let death = 1; death <= DEATHS; death += 1) {
    const mark = join(config.dataFolder, `death-${death}`);
    if (existsSync(mark) && readFileSync(mark, 'utf8') === effectKey) return;
    if (existsSync(mark)) continue;
    writeFileSync(mark, effectKey);
    process.kill(process.pid, 'SIGKILL');
  }
}

function mortal(target) {
  const writes = WRITES.map((name) => [
    name,
    async (...args) => {
      const outcome = await target[name](...args);
      if (outcome.kind === 'changed') dieOnceIn(4, args.at(-1).effectKey);
      return outcome;
    },
  ]);
  return { ...target, ...Object.fromEntries(writes) };
}

const worker = await startWorker({
  config,
  logger: createLogger('worker', config.logLevel),
  interceptDirectory: (real) => {
    // Reads and probes stay the real ones; the writes go through the directory of this file.
    const own = createDirectoryConnector({ writes: directory, reads: directory, vault: undefined });
    return (orgId) => {
      const [honest, ours] = [real(orgId), own(orgId)];
      return mortal({ ...honest, ...Object.fromEntries(WRITES.map((name) => [name, ours[name]])) });
    };
  },
});
exitWithParent(() => worker.stop());
announceReady();
await worker.stopped;
