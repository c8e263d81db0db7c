import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { takeFolderLock } from '../../../standalone/host/folder-lock.ts';
import { startStore } from '../../../standalone/store/start-store.ts';
import {
  BACKED_UP,
  createDataAtRest,
  failing,
  filesBelow,
  LETTERS,
  restore,
  STORE_SECRET,
} from '../../support/data-at-rest.ts';
import type { DataAtRest } from '../../support/data-at-rest.ts';

let data: DataAtRest;
let file: string;

beforeAll(async () => {
  data = await createDataAtRest();
});
afterAll(() => data.remove());

beforeEach(() => {
  file = data.fresh('gangway.backup');
});
afterEach(() => {
  expect(existsSync(`${file}.partial`)).toBe(false);
  expect(existsSync(join(data.folder, 'run', 'backup', 'copies'))).toBe(false);
});

describe('a backup', () => {
  test('holds what a start needs and what was sent, and neither logs nor what was never finished', async () => {
    const report = await data.backUp(file);
    expect(report).toMatchObject({ file, secretKey: 'included', whileRunning: false, files: 7 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const into = data.fresh('restored');
    await restore(file, into);
    expect(filesBelow(into)).toEqual(BACKED_UP);
    expect(readFileSync(join(into, 'archives/cas_1/full/000001.eml'), 'utf8')).toBe('first');
  });

  test('restores to databases that say the same', async () => {
    await data.backUp(file);
    const into = data.fresh('restored');
    await restore(file, into);
    const temporal = new DatabaseSync(join(into, 'temporal.db'));
    expect(temporal.prepare('SELECT id FROM executions').all()).toMatchObject([{ id: 'departure:1' }]);
    temporal.close();
    const store = await startStore({ folder: join(into, 'store'), port: 0, secret: STORE_SECRET });
    const client = await new mongo.MongoClient(store.uri).connect();
    expect(await client.db().collection('letters').countDocuments({})).toBe(LETTERS);
    await client.close();
    await store.close();
  });

  test('is readable by its owner only, and so is everything restored from it', async () => {
    await data.backUp(file);
    const into = data.fresh('restored');
    await restore(file, into);
    expect(statSync(into).mode & 0o077).toBe(0);
    for (const name of filesBelow(into)) expect(statSync(join(into, name)).mode & 0o077).toBe(0);
  });

  test('leaves the secret key out when asked to, and says so', async () => {
    expect((await data.backUp(file, { withSecretKey: false })).secretKey).toBe('left_out');
    const into = data.fresh('restored');
    expect((await restore(file, into)).secretKey).toBe('left_out');
    expect(filesBelow(into)).not.toContain('secret-key');
  });

  test('does not replace a file, and is not made of half an installation', async () => {
    writeFileSync(file, 'something dear');
    await expect(data.backUp(file)).rejects.toEqual(failing('FILE_EXISTS'));
    rmSync(file);
    const env = { MONGODB_URI: 'mongodb://db.example/gangway' };
    await expect(data.backUp(file, { env })).rejects.toEqual(failing('DATABASE_ELSEWHERE'));
    await expect(data.backUp(file, { env: { GANGWAY_DATA: data.fresh('nothing') } })).rejects.toEqual(
      failing('NO_INSTALLATION'),
    );
    await expect(data.backUp(file, { env: { TEMPORAL_ADDRESS: 'temporal:7233' } })).rejects.toEqual(
      failing('DATABASE_ELSEWHERE'),
    );
    expect(existsSync(file)).toBe(false);
  });

  test('is made of the embedded store also where a mongod has appeared on PATH since', async () => {
    const path = data.fresh('bin');
    mkdirSync(path);
    writeFileSync(join(path, 'mongod'), '', { mode: 0o755 });
    expect(await data.backUp(file, { path })).toMatchObject({ files: 7 });
  });

  test('that cannot be written leaves nothing behind and says why', async () => {
    file = join(data.fresh('no-such-folder'), 'gangway.backup');
    await expect(data.backUp(file)).rejects.toEqual(failing('FILE_UNUSABLE'));
  });

  test('is made one at a time', async () => {
    const lock = takeFolderLock(join(data.folder, 'run', 'backup'));
    await expect(data.backUp(file)).rejects.toEqual(failing('BACKUP_RUNNING'));
    if ('release' in lock) lock.release();
  });

  test('that is interrupted leaves nothing behind', async () => {
    const interrupt = new AbortController();
    const made = data.backUp(file, {
      signal: interrupt.signal,
      onProgress: ({ step }) => {
        if (step === 'writing the file') interrupt.abort();
      },
    });
    await expect(made).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(file)).toBe(false);
  });
});
