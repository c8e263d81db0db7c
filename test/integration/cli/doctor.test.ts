import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { cli } from '../../support/fake-terminal.ts';
import { createInstallation, freePort } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';
import { startStubServer } from '../../support/stub-server.ts';
import { testVariable } from '../../support/test-variable.ts';

/* Nothing runs here unless a test starts it. */
const { cacheFolder } = readConfig(process.env);

let installation: Installation;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  installation = await createInstallation({ GANGWAY_CACHE: cacheFolder });
});
afterEach(() => installation.remove());
afterAll(async () => {
  for (const close of closing) await close();
});

interface Examined {
  readonly code: number;
  readonly healthy: boolean;
  readonly of: (check: string) => Finding | undefined;
  readonly findings: readonly Finding[];
}

async function examine(changes: Readonly<Record<string, string>> = {}): Promise<Examined> {
  const { code, out, err } = await cli(['doctor', '--json'], { ...installation.env, ...changes });
  expect(err).toBe('');
  const { healthy, findings } = JSON.parse(out) as { healthy: boolean; findings: readonly Finding[] };
  return { code, healthy, findings, of: (check) => findings.find((one) => one.check === check) };
}

const problem = (text: string) => ({ level: 'problem', text: expect.stringContaining(text) });

describe('a machine on which nothing is wrong', () => {
  test('is healthy, and looking at it changes nothing', async () => {
    const { code, healthy, findings } = await examine();
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
    expect([code, healthy]).toEqual([0, true]);
    expect(findings.map(({ check }) => check)).toEqual([
      ...['Node.js', 'Build', 'Clock', 'Configuration', 'Data folder', 'Secret key'],
      ...['Temporal', 'Database', 'Mail', 'Ports', 'Installation', 'Notifications'],
    ]);
    expect(existsSync(installation.dataFolder)).toBe(false);
  });

  test('is a line for each check on a terminal', async () => {
    const { code, out } = await cli(['doctor'], installation.env);
    expect([code, out]).toEqual([0, expect.stringMatching(/^ok {7}Node\.js/u)]);
    expect(out.trim().split('\n')).toHaveLength(12);
  });
});

describe('what would stop a start', () => {
  test('a port that somebody else has names its variable, and the exit code says so', async () => {
    const port = installation.ports[3]!;
    const other = createServer().listen(port, '127.0.0.1');
    closing.push(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { code, healthy, of } = await examine();
    expect([code, healthy]).toEqual([1, false]);
    expect(of('Ports')).toMatchObject(problem('GANGWAY_STORE_PORT'));
  });

  test('a variable that cannot be used is named; what hangs on it is not guessed at', async () => {
    const { code, of } = await examine({ GANGWAY_API_PORT: 'eighty' });
    expect(code).toBe(1);
    expect(of('Configuration')).toMatchObject(problem('GANGWAY_API_PORT'));
    expect(of('Ports')).toBeUndefined();
  });

  test('neither a Temporal server nor Go', async () => {
    const empty = join(installation.dataFolder, '..', 'empty-cache');
    expect((await examine({ GANGWAY_CACHE: empty })).of('Temporal')).toMatchObject(
      problem('TEMPORAL_ADDRESS'),
    );
  });

  test('servers of somebody else that do not answer', async () => {
    const nowhere = `127.0.0.1:${await freePort()}`;
    const { of } = await examine({
      MONGODB_URI: `mongodb://user:pass@${nowhere}/x`,
      TEMPORAL_ADDRESS: nowhere,
    });
    expect(of('Database')).toMatchObject(problem('MONGODB_URI'));
    expect(of('Database')?.text).not.toContain('pass');
    expect(of('Temporal')).toMatchObject(problem('TEMPORAL_ADDRESS'));
  });

  test('a data folder that cannot be one', async () => {
    const file = join(installation.dataFolder, '..', 'file');
    writeFileSync(file, '');
    expect((await examine({ GANGWAY_DATA: join(file, 'data') })).of('Data folder')).toMatchObject(
      problem('GANGWAY_DATA'),
    );
  });
});

describe('servers of somebody else that answer', () => {
  test('are asked for what counts: the version, a ping', async () => {
    const { of } = await examine({
      MONGODB_URI: testVariable('GANGWAY_TEST_MONGODB_URI'),
      TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
    });
    expect(of('Temporal')).toMatchObject({ level: 'ok', text: expect.stringMatching(/^1\.\d+/u) });
    expect(of('Database')).toMatchObject({ level: 'ok', text: expect.stringContaining('answers') });
  });

  test('a mail server is greeted, and one that is not there is a problem', async () => {
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    closing.push(() => new Promise<void>((resolve) => server.close(resolve)));
    const mail = { GANGWAY_MAIL_FROM: 'gangway@example.com' };
    const there = await examine({ ...mail, GANGWAY_SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(there.of('Mail')).toMatchObject({ level: 'ok' });
    const gone = await examine({
      ...mail,
      GANGWAY_SMTP_URL: `smtp://me:secret@127.0.0.1:${await freePort()}`,
    });
    expect(gone.of('Mail')).toMatchObject(problem('GANGWAY_SMTP_URL'));
    expect(gone.of('Mail')?.text).not.toContain('secret');
    expect((await examine()).of('Mail')).toMatchObject({ level: 'warning' });
  });
});

describe('the data folder and its key', () => {
  beforeEach(() => {
    mkdirSync(installation.dataFolder, { mode: 0o700 });
    writeFileSync(join(installation.dataFolder, 'temporal.db'), '');
  });

  function giveKey(text: string, mode = 0o600): void {
    const file = join(installation.dataFolder, 'secret-key');
    writeFileSync(file, text);
    chmodSync(file, mode);
  }
  const goodKey = Buffer.alloc(32, 1).toString('base64');

  test('a key that only its owner can read is fine', async () => {
    giveKey(goodKey);
    expect((await examine()).of('Secret key')).toMatchObject({ level: 'ok' });
  });

  test('a missing key beside cases is a problem: the next start would make another one', async () => {
    expect((await examine()).of('Secret key')).toMatchObject(problem('put it back'));
    const inEnvironment = await examine({ GANGWAY_SECRET_KEY: goodKey });
    expect(inEnvironment.of('Secret key')).toMatchObject({ level: 'ok' });
  });

  test('a key that is none, or that others can read, is a problem', async () => {
    giveKey('not a key');
    expect((await examine()).of('Secret key')).toMatchObject(problem('32 bytes'));
    giveKey(goodKey, 0o644);
    expect((await examine()).of('Secret key')).toMatchObject(problem('chmod 600'));
  });

  test('a folder that others can look into is worth a warning', async () => {
    giveKey(goodKey);
    chmodSync(installation.dataFolder, 0o755);
    const { code, of } = await examine();
    expect([code, of('Data folder')]).toEqual([
      0,
      expect.objectContaining({ level: 'warning', text: expect.stringContaining('chmod 700') }),
    ]);
  });
});

describe('an installation that answers', () => {
  async function against(body: object, organisation: object = {}): Promise<Examined> {
    const notReady = 'notReady' in body && (body.notReady as readonly string[]).length > 0;
    const server = await startStubServer(({ path }) =>
      path === '/readyz' ? { status: notReady ? 503 : 200, body } : { body: organisation },
    );
    closing.push(() => server.close());
    return examine({ GANGWAY_PUBLIC_URL: server.url, GANGWAY_API_KEY: 'gw_key' });
  }

  test('is asked whether everything behind it does', async () => {
    const ready = await against(
      { status: 'ready', notReady: [] },
      { notificationAddresses: ['it@example.com'] },
    );
    expect(ready.of('Installation')).toMatchObject({ level: 'ok' });
    expect(ready.of('Notifications')).toMatchObject({ level: 'ok' });
    const half = await against({ status: 'not_ready', notReady: ['engine'] });
    expect(half.of('Installation')).toMatchObject(problem('engine'));
    expect((await against({})).of('Installation')).toMatchObject(problem('not Gangway'));
  });

  test('that tells nobody of its failures is worth a warning', async () => {
    const { of } = await against({ status: 'ready', notReady: [] }, { notificationAddresses: [] });
    expect(of('Notifications')).toMatchObject({ level: 'warning' });
  });
});
