import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { connectTemporal } from '../../../shared/platform/temporal/connect.ts';
import { commandLine, processIdentity } from '../../../standalone/host/process-identity.ts';
import { startStandalone } from '../../../standalone/start-standalone.ts';
import type { Running } from '../../../standalone/start-standalone.ts';
import { formatTable } from '../../../shared/platform/format-table.ts';
import { createInstallation, eventually, freePort, isHeld } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';

const FAKES = join(packageRoot, 'test', 'support', 'fake-children');
const children = { worker: join(FAKES, 'fake-worker.mjs'), api: join(FAKES, 'fake-api.mjs') };

let installation: Installation;
const running: Running[] = [];

beforeEach(async () => {
  installation = await createInstallation();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  installation.remove();
});

async function start(changes: Readonly<Record<string, string>> = {}): Promise<Running> {
  const env = { ...installation.env, ...changes };
  const started = await startStandalone({ config: readConfig(env), env, children, print: () => undefined });
  running.push(started);
  return started;
}

/** As a database file looks that an older version left. */
async function forgetAttribute(name: string): Promise<void> {
  const { connection } = await connectTemporal(installation.config);
  const { operatorService } = connection;
  await operatorService.removeSearchAttributes({ namespace: 'default', searchAttributes: [name] });
  await eventually(async () => {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
    return customAttributes[name] === undefined;
  });
  await connection.close();
}

function heldPorts(): Promise<readonly boolean[]> {
  return Promise.all(installation.ports.map(isHeld));
}

describe('a start', () => {
  test('says what runs, from which source and where, and hands over the first API key', async () => {
    const { summary, firstApiKey } = await start();
    const [api, temporal, ui, store] = installation.ports;
    expect(summary).toEqual([
      ['API', 'this package', `http://127.0.0.1:${api}`],
      [
        'Temporal',
        expect.stringMatching(/^own build, from the cache \(1\.\d+\.\d+\)$/),
        `127.0.0.1:${temporal}`,
      ],
      ['Temporal UI', 'with the server', `http://127.0.0.1:${ui}`],
      ['Database', 'embedded store', `127.0.0.1:${store}`],
      ['Mail', 'no GANGWAY_SMTP_URL: kept as files', join(installation.dataFolder, 'outbox')],
      ['Metrics', 'for Prometheus', `http://127.0.0.1:${api}/metrics`],
      ['Data', 'GANGWAY_DATA', installation.dataFolder],
    ]);
    expect(formatTable(summary).split('\n')).toHaveLength(7);
    expect(firstApiKey).toBe('gw_first_key');
    expect(await heldPorts()).toEqual([true, true, true, true]);
  });

  test('prepares the namespace, also when the database file exists, and is ready within 5 s the second time', async () => {
    const first = await start();
    await forgetAttribute('DueAt');
    await first.stop();
    expect(await heldPorts()).toEqual([false, false, false, false]);
    const startedAtMs = performance.now();
    await start();
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    const { connection } = await connectTemporal(installation.config);
    const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    expect(Object.keys(known.customAttributes).sort()).toEqual([
      'CaseKind',
      'DueAt',
      'NeedsAttention',
      'OrgId',
      'PersonRef',
      'Phase',
    ]);
    expect(config?.workflowExecutionRetentionTtl?.seconds?.toNumber()).toBe(30 * 86_400);
  });

  test('has its own Temporal write ahead and flush every commit, on this machine only', async () => {
    await start();
    const words = commandLine(installation.pid('temporal-server'));
    expect(words).toContain('--sqlite-pragma journal_mode=wal');
    expect(words).toContain('--sqlite-pragma synchronous=full');
    expect(words).toContain('--ip 127.0.0.1');
  });

  test('uses TEMPORAL_ADDRESS and MONGODB_URI where they are set, and shows no credentials', async () => {
    const temporalAddress = process.env['GANGWAY_TEST_TEMPORAL_ADDRESS']!;
    const { summary } = await start({
      TEMPORAL_ADDRESS: temporalAddress,
      MONGODB_URI: process.env['GANGWAY_TEST_MONGODB_URI']!,
    });
    expect(summary.find(([what]) => what === 'Temporal')?.slice(1)).toEqual([
      expect.stringMatching(/^TEMPORAL_ADDRESS \(/),
      temporalAddress,
    ]);
    expect(summary.find(([what]) => what === 'Database')).toEqual([
      'Database',
      'MONGODB_URI',
      expect.stringMatching(/^mongodb:\/\/127\.0\.0\.1:\d+\/gangway$/),
    ]);
    expect(installation.journal()).toEqual(expect.arrayContaining(['start worker', 'start api']));
    const [, temporal, ui, store] = await heldPorts();
    expect([temporal, ui, store]).toEqual([false, false, false]);
  });

  test('runs the mongod on PATH where there is one, and says that it has no password', async () => {
    const folder = join(installation.dataFolder, '..', 'bin');
    const mongod = join(folder, 'mongod');
    mkdirSync(folder);
    const listen =
      'require("node:net").createServer().listen(process.argv[process.argv.indexOf("--port") + 1], "127.0.0.1")';
    writeFileSync(mongod, `#!/bin/sh\nexec "${process.execPath}" -e '${listen}' -- "$@"\n`, { mode: 0o755 });
    const { summary } = await start({ PATH: `${folder}:/usr/bin:/bin` });
    const store = installation.config.store.port;
    expect(summary).toContainEqual(['Database', 'mongod on PATH, no password', `127.0.0.1:${store}`]);
    expect(commandLine(installation.pid('store-server'))).toContain(
      `--dbpath ${join(installation.dataFolder, 'mongod')} --bind_ip 127.0.0.1 --port ${store} --quiet`,
    );
  });

  test.each([
    ['where the kernel ends a server with its guardian', '/usr/bin:/bin'],
    ['where only the pid file tells', '/no/commands'],
  ])(
    'brings back a Temporal server that was killed, and one whose guardian was, %s',
    async (_where, path) => {
      await start({ PATH: path });
      for (const victim of ['temporal-server', 'temporal']) {
        const [server, guardian] = [installation.pid('temporal-server'), installation.pid('temporal')];
        process.kill(installation.pid(victim), 'SIGKILL');
        await eventually(
          () =>
            ![0, guardian].includes(installation.pid('temporal')) &&
            ![0, server].includes(installation.pid('temporal-server')),
        );
        await eventually(() => isHeld(installation.config.temporal.port));
        expect(processIdentity(server)).toBeUndefined();
      }
    },
  );
});

describe('a start is refused in one sentence', () => {
  test('when the data folder is in use', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
      message: `The data folder ${installation.dataFolder} is in use by process ${process.pid}: stop that one, or set GANGWAY_DATA to another folder.`,
    });
    expect(await heldPorts()).toEqual([true, true, true, true]);
  });

  test('when the data folder cannot be written', async () => {
    writeFileSync(installation.dataFolder, 'a file in its place');
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: `The data folder ${installation.dataFolder} cannot be written (EEXIST): set GANGWAY_DATA to another one.`,
    });
  });

  test.each([
    ['GANGWAY_API_PORT', 'the API'],
    ['GANGWAY_TEMPORAL_PORT', 'Temporal'],
    ['GANGWAY_TEMPORAL_UI_PORT', 'the Temporal UI'],
    ['GANGWAY_STORE_PORT', 'the database'],
  ])('when the port of %s is taken', async (variable, what) => {
    const port = Number(installation.env[variable]);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    await expect(start()).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port}, which ${what} needs, is in use: set ${variable} to another one.`,
    });
    await new Promise((resolve) => other.close(resolve));
  });

  test('when there is neither a server nor Go', async () => {
    await expect(
      start({ GANGWAY_CACHE: join(installation.dataFolder, 'empty-cache') }),
    ).rejects.toMatchObject({
      code: 'NO_GO',
      message:
        'There is no Temporal server: set TEMPORAL_ADDRESS to one that runs, put the temporal command on PATH, ' +
        'or install Go (1.26 or later) and start again, so that it can be built; ' +
        'or set GANGWAY_DOWNLOADS=temporal, so that it is downloaded.',
    });
  });

  test('when nothing answers at TEMPORAL_ADDRESS', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    await expect(start({ TEMPORAL_ADDRESS: address })).rejects.toMatchObject({
      code: 'TEMPORAL_UNREACHABLE',
      message: `No Temporal server answers at ${address}: check that it runs and that TEMPORAL_ADDRESS names it.`,
    });
  });

  test('when nothing answers at MONGODB_URI, without its credentials', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await expect(start({ MONGODB_URI: `mongodb://user:canary@${host}/gangway?a=b` })).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: `No database answers at MONGODB_URI (mongodb://${host}/gangway, ECONNREFUSED): check that it runs and is named right.`,
    });
  });

  test('and leaves the folder free and nothing running', async () => {
    await expect(start({ MONGODB_URI: `mongodb://127.0.0.1:${await freePort()}` })).rejects.toThrow();
    expect(await heldPorts()).toEqual([false, false, false, false]);
    await start();
  });
});

test('a start that is interrupted leaves nothing running', async () => {
  const interrupt = new AbortController();
  const { config, env } = installation;
  const starting = startStandalone({
    config,
    env,
    children,
    print: () => undefined,
    signal: interrupt.signal,
  });
  const outcome = expect(starting).rejects.toMatchObject({ code: 'INTERRUPTED' });
  setTimeout(() => interrupt.abort(), 300);
  await outcome;
  expect(await heldPorts()).toEqual([false, false, false, false]);
});
