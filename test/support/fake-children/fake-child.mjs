import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const compiled = new URL('../../../dist/shared/platform/child-process.js', import.meta.url);
const { announceFailure, announceProgress, announceReady, exitWithParent } = await import(compiled.href);

/** Does what FAKE_MODE says (serve, die, refuse, deaf, mute, busy) and writes what it does into FAKE_JOURNAL. */
export async function runFakeChild(name, port) {
  const write = (what) => appendFileSync(process.env.FAKE_JOURNAL, `${what} ${name}\n`);
  const mode = process.env.FAKE_MODE ?? 'serve';
  write('start');
  if (mode === 'die') throw new Error('no luck');
  if (mode === 'refuse') {
    announceFailure('NO_LUCK', 'The stars are wrong: wait for better ones.');
    process.exit(1);
  }
  if (mode === 'mute') await sleep(60_000);
  for (let turn = 1; mode === 'busy' && turn <= 8; turn += 1) {
    announceProgress(`Turn ${turn} of 8.`);
    await sleep(400);
  }
  const server = createServer((socket) => socket.destroy());
  if (port !== undefined) await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const idle = setInterval(() => undefined, 1_000);
  exitWithParent(async () => {
    write('stop');
    if (mode === 'deaf') await new Promise(() => undefined);
    clearInterval(idle);
    server.close();
  });
  if (process.env.FAKE_OUTPUT !== undefined) process.stdout.write(process.env.FAKE_OUTPUT);
  announceReady(name === 'api' && port !== undefined ? { port, firstApiKey: 'gw_first_key' } : {});
}

if (process.argv[1] === import.meta.filename) await runFakeChild(process.env.FAKE_NAME);
