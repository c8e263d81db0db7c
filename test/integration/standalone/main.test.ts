import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { distFolder } from '../../../shared/platform/config/package-root.ts';
import { createInstallation } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await createInstallation();
});
afterEach(() => installation.remove());

/** Runs the compiled entry until it ends. */
async function run(
  changes: Readonly<Record<string, string>>,
): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [join(distFolder, 'standalone', 'main.js')], {
    env: { ...installation.env, ...changes },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, errors };
}

test('a bad variable ends the start with one sentence, its code, and an exit code that says to mend it first', async () => {
  expect(await run({ GANGWAY_API_PORT: 'eighty' })).toEqual({
    code: 78,
    errors:
      'gangway: GANGWAY_API_PORT must be a port number from 1 to 65535, but is "eighty". [BAD_VARIABLE]\n',
  });
});

test('a busy port ends the start with one sentence, its code, and an exit code that says to try again', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(installation.config.store.port, '127.0.0.1', resolve));
  expect(await run({})).toEqual({
    code: 75,
    errors: `gangway: Port ${installation.config.store.port}, which the database needs, is in use: set GANGWAY_STORE_PORT to another one. [PORT_IN_USE]\n`,
  });
  await new Promise((resolve) => other.close(resolve));
});
