import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';

const NEVER_STOPS = join(packageRoot, 'test', 'support', 'fake-children', 'never-stops.mjs');

test('a child whose stopping never ends is gone after fifteen seconds, also when its exit hangs', async () => {
  const child = fork(NEVER_STOPS, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let isKilledByUs = false;
  const giveUp = setTimeout(() => {
    isKilledByUs = true;
    child.kill('SIGKILL');
  }, 30_000);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'message');
  child.disconnect();
  await once(child, 'exit');
  clearTimeout(giveUp);
  expect(said).toBe('stopping took longer than 15000 ms\n');
  expect(isKilledByUs).toBe(false);
  expect(child.signalCode).toBe('SIGKILL');
}, 50_000);
