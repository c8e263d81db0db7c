import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const demo = join(import.meta.dirname, '..', '..', 'dist', 'demo', 'main.js');

/** Runs the demo as `npm run demo` does. */
function run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [demo, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}

test('the demo carries a departure to its end, with every fact right', async () => {
  const { code, output } = await run();
  const ended = /The case ended as "completed", 0 facts were wrong, in (?<seconds>[\d.]+) s\./u.exec(output);
  expect(Number(ended?.groups?.['seconds'])).toBeLessThan(60);
  expect(output).not.toContain('WRONG');
  expect(output).toMatch(/delete-account +done/);
  expect(code).toBe(0);
});

test.each(['notifyManager', 'revokeSessions', 'archiveMailbox', 'quarantineAddress'])(
  'a broken target of %s leaves the case red, and the exit code says so',
  async (kind) => {
    const { code, output } = await run(`--break=${kind}`);
    expect(output).toContain('The case ended as "needs_attention"');
    expect(output).not.toContain('"completed"');
    expect(code).toBe(1);
  },
);

test('an unknown kind is refused with the kinds there are', async () => {
  const { code, output } = await run('--break=everything');
  expect(output).toContain(
    '--break takes one of notifyManager, informLeaver, closeLeaverWindow, takeSnapshot',
  );
  expect(code).toBe(2);
});
