// Starts the built store as a process of its own, as the supervisor does.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

export async function startStoreProcess({ entry, folder }) {
  mkdirSync(folder, { recursive: true });
  const secret = randomBytes(24).toString('hex');
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, secret, { mode: 0o600 });
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      GANGWAY_STORE_FOLDER: join(folder, 'data'),
      GANGWAY_STORE_PORT: '0',
      GANGWAY_STORE_SECRET_FILE: secretFile,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const port = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`the store ended with ${code} before it was ready`)));
  });
  return {
    pid: child.pid,
    uri: `mongodb://gangway:${secret}@127.0.0.1:${port}/gangway?authMechanism=PLAIN&authSource=%24external&directConnection=true`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}
