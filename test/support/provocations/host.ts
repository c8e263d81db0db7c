import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { HOST_FAILURES } from '../../../shared/errors/start/host-failures.ts';
import { takeFolderLock } from '../../../standalone/host/folder-lock.ts';
import { main, start } from './provocation.ts';
import type { Provocation } from './provocation.ts';

const MORE_MB_THAN_ANY_DISK = 2 ** 50;
/** Of a network that is for documentation only: no machine has it. */
const NOT_OURS = '192.0.2.1';

export const HOST_PROVOCATIONS: Readonly<Record<keyof typeof HOST_FAILURES, Provocation>> = {
  DATA_FOLDER_IN_USE: (installation, after) => {
    const lock = takeFolderLock(join(installation.dataFolder, 'run'));
    after(() => 'release' in lock && lock.release());
    return main(installation);
  },
  DATA_FOLDER_UNUSABLE: (installation) => {
    writeFileSync(installation.dataFolder, 'a file in its place');
    return main(installation);
  },
  DISK_FULL: (installation) => start(installation, { leastFreeMb: MORE_MB_THAN_ANY_DISK }),
  CACHE_FOLDER_UNUSABLE: (installation) => {
    const { PATH = '' } = installation.env;
    mkdirSync(PATH);
    writeFileSync(join(PATH, 'go'), '', { mode: 0o755 });
    writeFileSync(join(PATH, 'cache'), 'a file in its place');
    return main(installation, { GANGWAY_CACHE: join(PATH, 'cache') });
  },
  PORT_IN_USE: async (installation, after) => {
    const other = createServer();
    after(() => other.close());
    const { port } = installation.config.temporal;
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    return main(installation);
  },
  PORT_UNAVAILABLE: (installation) => main(installation, { GANGWAY_API_HOST: NOT_OURS }),
};
