import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { mongo } from 'mongoose';
import { pack } from 'tar-stream';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { makeBackup } from '../../../standalone/backup/make-backup.ts';
import { restoreBackup } from '../../../standalone/backup/restore-backup.ts';
import { takeFolderLock } from '../../../standalone/host/folder-lock.ts';
import { startStore } from '../../../standalone/store/start-store.ts';

/* A data folder at rest, made by hand, so that every file of it is known. */
const SECRET = 'a secret that is long enough';
const LETTERS = 500;

let root: string;
let data: string;
let file: string;

const never = new AbortController().signal;

function fresh(name: string): string {
  return join(mkdtempSync(join(root, 'run-')), name);
}

function back(
  changes: { readonly withSecretKey?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
) {
  return makeBackup({
    config: readConfig({ GANGWAY_DATA: data, ...changes.env }),
    path: '',
    file,
    withSecretKey: changes.withSecretKey ?? true,
    onProgress: () => undefined,
    signal: never,
  });
}

function restore(from: string, into: string, force = false) {
  return restoreBackup({ file: from, into, force, onRead: () => undefined, signal: never });
}

function write(name: string, text: string): void {
  const path = join(data, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const failing = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'gangway-backup-'));
  data = join(root, 'data');
  const store = await startStore({ folder: join(data, 'store'), port: 0, secret: SECRET });
  const client = await new mongo.MongoClient(store.uri).connect();
  const letters = Array.from({ length: LETTERS }, (_, n) => ({ _id: String(n), text: 'x'.repeat(300) }));
  await client.db().collection<{ _id: string }>('letters').insertMany(letters);
  await client.close();
  await store.close();
  const temporal = new DatabaseSync(join(data, 'temporal.db'));
  temporal.exec('PRAGMA journal_mode = wal; CREATE TABLE executions (id TEXT)');
  temporal.exec("INSERT INTO executions VALUES ('departure:1')");
  temporal.close();
  write('secret-key', 'a key\n');
  write('store-secret', SECRET);
  write('logs/api.log', 'not in a backup');
  write('archives/cas_1/full/000001.eml', 'first');
  write('archives/cas_1/full/manifest.json', '{}');
  write('archives/cas_1/exports/contacts.vcf', 'contacts');
  write('archives/cas_2/full/000001.eml', 'the part has no manifest yet');
  write('outbox/notice-1.eml', 'notice');
  write('outbox/notice-2.eml.tmp', 'half of a notice');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  file = fresh('gangway.backup');
});
afterEach(() => {
  expect(existsSync(`${file}.partial`)).toBe(false);
  expect(existsSync(join(data, 'run', 'backup', 'copies'))).toBe(false);
});

describe('a backup', () => {
  test('holds what a start needs and what was sent, and neither logs nor what was never finished', async () => {
    const report = await back();
    expect(report).toMatchObject({ file, secretKey: 'included', whileRunning: false, files: 7 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const into = fresh('restored');
    await restore(file, into);
    expect(filesBelow(into)).toEqual([
      'archives/cas_1/exports/contacts.vcf',
      'archives/cas_1/full/000001.eml',
      'archives/cas_1/full/manifest.json',
      'outbox/notice-1.eml',
      'secret-key',
      'store/data/data.mdb',
      'temporal.db',
    ]);
    expect(readFileSync(join(into, 'archives/cas_1/full/000001.eml'), 'utf8')).toBe('first');
  });

  test('restores to databases that say the same', async () => {
    await back();
    const into = fresh('restored');
    await restore(file, into);
    const temporal = new DatabaseSync(join(into, 'temporal.db'));
    expect(temporal.prepare('SELECT id FROM executions').all()).toMatchObject([{ id: 'departure:1' }]);
    temporal.close();
    const store = await startStore({ folder: join(into, 'store'), port: 0, secret: SECRET });
    const client = await new mongo.MongoClient(store.uri).connect();
    expect(await client.db().collection('letters').countDocuments({})).toBe(LETTERS);
    await client.close();
    await store.close();
  });

  test('is readable by its owner only, and so is everything restored from it', async () => {
    await back();
    const into = fresh('restored');
    await restore(file, into);
    expect(statSync(into).mode & 0o077).toBe(0);
    for (const name of filesBelow(into)) expect(statSync(join(into, name)).mode & 0o077).toBe(0);
  });

  test('leaves the secret key out when asked to, and says so', async () => {
    expect((await back({ withSecretKey: false })).secretKey).toBe('left out');
    const into = fresh('restored');
    expect((await restore(file, into)).secretKey).toBe('left out');
    expect(filesBelow(into)).not.toContain('secret-key');
  });

  test('does not replace a file, and is not made of half an installation', async () => {
    writeFileSync(file, 'something dear');
    await expect(back()).rejects.toEqual(failing('FILE_EXISTS'));
    rmSync(file);
    const env = { MONGODB_URI: 'mongodb://db.example/gangway' };
    await expect(back({ env })).rejects.toEqual(failing('DATABASE_ELSEWHERE'));
    await expect(back({ env: { GANGWAY_DATA: root } })).rejects.toEqual(failing('NO_INSTALLATION'));
    await expect(back({ env: { TEMPORAL_ADDRESS: 'temporal:7233' } })).rejects.toEqual(
      failing('DATABASE_ELSEWHERE'),
    );
    expect(existsSync(file)).toBe(false);
  });

  test('that cannot be written leaves nothing behind and says why', async () => {
    file = join(root, 'no-such-folder', 'gangway.backup');
    await expect(back()).rejects.toEqual(failing('FILE_UNUSABLE'));
  });

  test('is made one at a time', async () => {
    const lock = takeFolderLock(join(data, 'run', 'backup'));
    await expect(back()).rejects.toEqual(failing('BACKUP_RUNNING'));
    if ('release' in lock) lock.release();
  });

  test('that is interrupted leaves nothing behind', async () => {
    const interrupt = new AbortController();
    const options = { config: readConfig({ GANGWAY_DATA: data }), path: '', file, withSecretKey: true };
    const made = makeBackup({
      ...options,
      signal: interrupt.signal,
      onProgress: ({ step }) => {
        if (step === 'writing the file') interrupt.abort();
      },
    });
    await expect(made).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(file)).toBe(false);
  });
});

describe('a restore', () => {
  async function untouched(from: string, code: string): Promise<void> {
    const into = fresh('restored');
    await expect(restore(from, into)).rejects.toEqual(failing(code));
    expect(readdirSync(join(into, '..'))).toEqual([]);
  }

  /** The backup with its bytes changed between packing and compressing. */
  function forged(change: (tar: Buffer) => Buffer): string {
    const path = fresh('forged.backup');
    writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(file)))));
    return path;
  }

  async function repacked(entries: Readonly<Record<string, string>>): Promise<string> {
    const archive = pack();
    for (const [name, text] of Object.entries(entries)) archive.entry({ name }, text);
    archive.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of archive) pieces.push(piece);
    const path = fresh('repacked.backup');
    writeFileSync(path, gzipSync(Buffer.concat(pieces)));
    return path;
  }

  function header(changes: object = {}): string {
    const takenAt = '2027-01-01T00:00:00.000Z';
    return JSON.stringify({
      ...{ gangwayBackup: 1, version: '0.1.0', node: '20.19.0', takenAt, secretKey: 'included' },
      ...changes,
    });
  }

  test('finds one changed byte and puts nothing in place', async () => {
    await back();
    await untouched(
      forged((tar) => {
        const at = tar.indexOf('notice', tar.indexOf('outbox/notice-1.eml') + 512);
        tar.write('N', at);
        return tar;
      }),
      'BACKUP_DAMAGED',
    );
  });

  test('refuses a file that was cut off, at any place', async () => {
    await back();
    const whole = readFileSync(file);
    for (const share of [0, 0.3, 0.9, 0.999]) {
      const path = fresh('cut.backup');
      writeFileSync(path, whole.subarray(0, Math.floor(whole.length * share)));
      await untouched(path, 'BACKUP_DAMAGED');
    }
    // Whole for gzip and tar, but its list is missing.
    await untouched(
      forged((tar) => tar.subarray(0, tar.lastIndexOf('manifest.json'))),
      'BACKUP_DAMAGED',
    );
  });

  test('refuses what is no backup, or holds what leads elsewhere', async () => {
    const text = fresh('letter.txt');
    writeFileSync(text, 'Dear reader');
    await untouched(text, 'BACKUP_DAMAGED');
    await untouched(fresh('nothing'), 'FILE_UNUSABLE');
    await untouched(await repacked({ 'temporal.db': 'x' }), 'BACKUP_DAMAGED');
    for (const name of ['../escaped', '/etc/escaped', 'archives/../../escaped', 'store-secret'])
      await untouched(await repacked({ 'gangway-backup.json': header(), [name]: 'x' }), 'BACKUP_DAMAGED');
    expect(existsSync(join(root, 'escaped'))).toBe(false);
  });

  test('refuses a backup of a newer Gangway before it unpacks anything', async () => {
    for (const newer of [{ version: '99.0.0' }, { gangwayBackup: 2 }])
      await untouched(await repacked({ 'gangway-backup.json': header(newer), '../x': '' }), 'BACKUP_NEWER');
  });

  test('leaves a folder that is not empty alone, or moves it aside when told to', async () => {
    await back();
    const into = fresh('restored');
    mkdirSync(into);
    writeFileSync(join(into, 'old'), 'old');
    await expect(restore(file, into)).rejects.toEqual(failing('FOLDER_NOT_EMPTY'));
    expect(readdirSync(into)).toEqual(['old']);
    const { movedTo } = await restore(file, into, true);
    expect(readdirSync(movedTo!)).toEqual(['old']);
    expect(readdirSync(into)).toContain('temporal.db');
  });

  test('does not touch a folder that is in use, even when told to', async () => {
    await back();
    const into = fresh('restored');
    const lock = takeFolderLock(join(into, 'run'));
    await expect(restore(file, into, true)).rejects.toEqual(failing('FOLDER_IN_USE'));
    if ('release' in lock) lock.release();
    await expect(restore(file, into, true)).resolves.toMatchObject({ folder: into });
  });

  test('takes an empty folder as it is', async () => {
    await back();
    const into = fresh('restored');
    mkdirSync(into);
    chmodSync(into, 0o755);
    await restore(file, into);
    expect(statSync(into).mode & 0o077).toBe(0);
  });
});
