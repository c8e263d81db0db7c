import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../shared/platform/config/config.ts';
import { readConfig } from '../../shared/platform/config/read-config.ts';

/** A data folder of its own on ports of its own, with what its fake children wrote. */
export interface Installation {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly ports: readonly number[];
  /** What the fake children did, in order: `start worker`, `stop api`. */
  readonly journal: () => readonly string[];
  /** The pid in `<data folder>/run/<name>.pid`; 0 while there is none. */
  readonly pid: (name: string) => number;
  readonly remove: () => void;
}

export async function createInstallation(
  changes: Readonly<Record<string, string>> = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-installation-'));
  const dataFolder = join(folder, 'data');
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [api, temporal, ui, store] = ports;
  const env = {
    // Holds no command, so that what happens does not depend on what this machine has.
    PATH: join(folder, 'no-commands'),
    HOME: process.env['HOME'] ?? folder,
    GANGWAY_DATA: dataFolder,
    GANGWAY_API_PORT: String(api),
    GANGWAY_TEMPORAL_PORT: String(temporal),
    GANGWAY_TEMPORAL_UI_PORT: String(ui),
    GANGWAY_STORE_PORT: String(store),
    FAKE_JOURNAL: join(folder, 'journal'),
    ...changes,
  };
  return {
    dataFolder,
    env,
    config: readConfig(env),
    ports,
    journal: () =>
      existsSync(env.FAKE_JOURNAL) ? readFileSync(env.FAKE_JOURNAL, 'utf8').trim().split('\n') : [],
    pid: (name) => {
      const file = join(dataFolder, 'run', `${name}.pid`);
      return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

/** Whether somebody listens on this port of 127.0.0.1. */
export function isHeld(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Asks until the answer is yes; throws after `withinMs`. */
export async function eventually(
  question: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await question())) {
    if (performance.now() > giveUpAt) throw new Error(`not so within ${withinMs} ms: ${question.toString()}`);
    await sleep(50);
  }
}
