import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { download, downloadedFile } from '../../../standalone/downloads/run-download.ts';
import { commandLine } from '../../../standalone/host/process-identity.ts';
import { startStandalone } from '../../../standalone/start-standalone.ts';
import type { Running, StandaloneOptions } from '../../../standalone/start-standalone.ts';
import { startDownloadMirror } from '../../support/download-mirror.ts';
import type { DownloadMirror } from '../../support/download-mirror.ts';
import { createInstallation, eventually } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';
import { FAKE_CHILDREN } from '../../support/provocations/provocation.ts';
import { testVariable } from '../../support/temporal.ts';

const FAKES = join(packageRoot, 'test', 'support', 'fake-downloads');
const LISTENS =
  'require("node:net").createServer().listen(process.argv[process.argv.indexOf("--port") + 1], "127.0.0.1")';
/** A mongod as far as the start can tell. */
const MONGOD = `#!/bin/sh\nexec "${process.execPath}" -e '${LISTENS}' -- "$@"\n`;

let installation: Installation;
let cacheFolder: string;
let said: string[];
const endings: (() => unknown)[] = [];

beforeEach(async () => {
  installation = await createInstallation();
  cacheFolder = join(dirname(installation.dataFolder), 'cache');
  said = [];
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  installation.remove();
});

async function start(
  changes: Readonly<Record<string, string>>,
  options: Partial<StandaloneOptions> = {},
): Promise<Running> {
  const env = { ...installation.env, GANGWAY_CACHE: cacheFolder, ...changes };
  const running = await startStandalone({
    ...{ config: readConfig(env), env, children: FAKE_CHILDREN, print: (line: string) => said.push(line) },
    ...options,
  });
  endings.push(() => running.stop());
  return running;
}

async function mirror(md5?: string): Promise<DownloadMirror> {
  const one = await startDownloadMirror(MONGOD, md5);
  endings.push(one.close);
  return one;
}

function fromMirror({ url }: DownloadMirror): Readonly<Record<string, string>> {
  return {
    GANGWAY_DOWNLOADS: 'mongod',
    MONGOMS_DOWNLOAD_MIRROR: url,
    MONGOMS_USE_HTTP: '1',
    TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
  };
}

function source(running: Running, what: string): string | undefined {
  return running.summary.find(([name]) => name === what)?.[1];
}

describe('a mongod, when it is asked for', () => {
  test('is downloaded once, announced with its size before it is, checked, and run by the supervisor', async () => {
    const { requests, ...one } = await mirror();
    const first = await start(fromMirror({ requests, ...one }));
    expect(source(first, 'Database')).toBe('downloaded mongod, no password');
    expect(commandLine(installation.pid('store-server'))).toContain(
      `--dbpath ${join(installation.dataFolder, 'mongod')} --bind_ip 127.0.0.1`,
    );
    expect(said[0]).toBe(`Downloading MongoDB 8.0.20 from ${new URL(one.url).host}, about 1 MB, once …`);
    expect(requests.map((request) => request.split(' ')[0])).toEqual(['HEAD', 'GET', 'GET']);
    expect(requests[0]).toMatch(/\/mongodb-\S+-8\.0\.20\.tgz$/);
    const file = downloadedFile('mongod', cacheFolder);
    expect(readFileSync(file, 'utf8')).toBe(MONGOD);

    await first.stop();
    await start(fromMirror({ requests, ...one }));
    expect(requests).toHaveLength(3);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('part'))).toEqual([]);
  });

  test('is not used when its checksum is another one', async () => {
    await expect(start(fromMirror(await mirror('0'.repeat(32))))).rejects.toMatchObject({
      code: 'MONGOD_DOWNLOAD_FAILED',
    });
    expect(existsSync(downloadedFile('mongod', cacheFolder))).toBe(false);
  });

  test('goes on being used for what it wrote, without being asked for again', async () => {
    const one = await mirror();
    await (await start(fromMirror(one))).stop();
    mkdirSync(join(installation.dataFolder, 'mongod', 'journal'));
    const again = await start({ ...fromMirror(one), GANGWAY_DOWNLOADS: '' });
    expect(source(again, 'Database')).toBe('downloaded mongod, no password');
  });
});

describe('an installation', () => {
  test('stays with the embedded store that holds its data when a mongod appears', async () => {
    const TEMPORAL_ADDRESS = testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS');
    await (await start({ TEMPORAL_ADDRESS })).stop();
    const bin = join(dirname(installation.dataFolder), 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'mongod'), MONGOD, { mode: 0o755 });
    expect(source(await start({ TEMPORAL_ADDRESS, PATH: bin }), 'Database')).toBe('embedded store');
  });
});

describe('the Temporal server, where there is no Go and a download is allowed', () => {
  test('is announced, fetched once and run by the supervisor', async () => {
    const changes = {
      GANGWAY_DOWNLOADS: 'temporal',
      FAKE_PROGRAM: testVariable('GANGWAY_TEST_TEMPORAL_BINARY'),
      MONGODB_URI: testVariable('GANGWAY_TEST_MONGODB_URI'),
    };
    const downloads = { temporal: join(FAKES, 'fetch-what-is-here.mjs') };
    const first = await start(changes, { downloads });
    expect(said[0]).toBe('Downloading the Temporal server 1.9.1 from this machine, about 7 MB, once …');
    expect(source(first, 'Temporal')).toMatch(/^downloaded \(1\.\d+\.\d+\)$/);
    const file = downloadedFile('temporal', cacheFolder);
    expect(commandLine(installation.pid('temporal-server'))).toContain(file);
    await first.stop();
    await start({ ...changes, GANGWAY_DOWNLOADS: '' });
    expect(said.filter((line) => line.startsWith('Downloading'))).toHaveLength(1);
  });
});

test('a download that is interrupted leaves nothing running, and the next one clears up after it', async () => {
  const interrupt = new AbortController();
  const how = { cacheFolder, env: installation.env, say: (line: string) => said.push(line) };
  const slow = download('mongod', {
    ...how,
    entry: join(FAKES, 'fetch-forever.mjs'),
    signal: interrupt.signal,
  });
  const outcome = expect(slow).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await eventually(() => said.length > 0);
  interrupt.abort();
  await outcome;
  const env = { ...installation.env, FAKE_PROGRAM: process.execPath };
  const file = await download('mongod', { ...how, env, entry: join(FAKES, 'fetch-what-is-here.mjs') });
  expect(readdirSync(dirname(file)).filter((name) => name.includes('part'))).toEqual([]);
});
