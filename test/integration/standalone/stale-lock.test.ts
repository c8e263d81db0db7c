import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { distFolder } from '../../../shared/platform/config/package-root.ts';

const TAKERS = 6;

/** Takes the lock as soon as the clock says so, prints what came of it and holds on until its input ends. */
const TAKER = `
const { takeFolderLock } = await import(process.argv[1]);
while (Date.now() < Number(process.argv[3]));
process.stdout.write(JSON.stringify(takeFolderLock(process.argv[2])) + '\\n');
process.stdin.resume();
`;

test('of several starts that find the same stale lock at the same moment, one takes it over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-stale-'));
  writeFileSync(join(folder, 'lock.1'), JSON.stringify({ pid: 999_999_999, identity: '1' }));
  const startAt = String(Date.now() + 1_500);
  const module = join(distFolder, 'standalone', 'host', 'folder-lock.js');
  const takers = Array.from({ length: TAKERS }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', TAKER, module, folder, startAt], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const answers = await Promise.all(
    takers.map(
      (taker) => new Promise<string>((resolve) => taker.stdout.once('data', (text) => resolve(String(text)))),
    ),
  );
  takers.forEach((taker) => taker.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
  expect(answers.filter((answer) => !answer.includes('heldBy'))).toHaveLength(1);
});
