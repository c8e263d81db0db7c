import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pack } from 'tar-stream';
import { takeFolderLock } from '../../../standalone/host/folder-lock.ts';
import { createDataAtRest, failing, restore } from '../../support/data-at-rest.ts';
import type { DataAtRest } from '../../support/data-at-rest.ts';

let data: DataAtRest;
let file: string;

beforeAll(async () => {
  data = await createDataAtRest();
  file = data.fresh('gangway.backup');
  await data.backUp(file);
});
afterAll(() => data.remove());

describe('a restore', () => {
  async function untouched(from: string, code: string): Promise<void> {
    const into = data.fresh('restored');
    await expect(restore(from, into)).rejects.toEqual(failing(code));
    expect(readdirSync(join(into, '..'))).toEqual([]);
  }

  /** The backup with its bytes changed between packing and compressing. */
  function forged(change: (tar: Buffer) => Buffer): string {
    const path = data.fresh('forged.backup');
    writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(file)))));
    return path;
  }

  async function repacked(entries: Readonly<Record<string, string>>): Promise<string> {
    const archive = pack();
    for (const [name, text] of Object.entries(entries)) archive.entry({ name }, text);
    archive.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of archive) pieces.push(piece);
    const path = data.fresh('repacked.backup');
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
    const whole = readFileSync(file);
    for (const share of [0, 0.3, 0.9, 0.999]) {
      const path = data.fresh('cut.backup');
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
    const text = data.fresh('letter.txt');
    writeFileSync(text, 'Dear reader');
    await untouched(text, 'BACKUP_DAMAGED');
    await untouched(data.fresh('nothing'), 'FILE_UNUSABLE');
    await untouched(await repacked({ 'temporal.db': 'x' }), 'BACKUP_DAMAGED');
    for (const name of ['../escaped', '/etc/escaped', 'archives/../../escaped', 'store-secret'])
      await untouched(await repacked({ 'gangway-backup.json': header(), [name]: 'x' }), 'BACKUP_DAMAGED');
    expect(existsSync(join(data.folder, '..', 'escaped'))).toBe(false);
  });

  test('refuses a backup of a newer Gangway before it unpacks anything', async () => {
    for (const newer of [{ version: '99.0.0' }, { gangwayBackup: 2 }])
      await untouched(await repacked({ 'gangway-backup.json': header(newer), '../x': '' }), 'BACKUP_NEWER');
  });

  test('leaves a folder that is not empty alone, or moves it aside when told to', async () => {
    const into = data.fresh('restored');
    mkdirSync(into);
    writeFileSync(join(into, 'old'), 'old');
    await expect(restore(file, into)).rejects.toEqual(failing('FOLDER_NOT_EMPTY'));
    expect(readdirSync(into)).toEqual(['old']);
    const { movedTo } = await restore(file, into, true);
    expect(readdirSync(movedTo!)).toEqual(['old']);
    expect(readdirSync(into)).toContain('temporal.db');
  });

  test('does not touch a folder that is in use, even when told to', async () => {
    const into = data.fresh('restored');
    const lock = takeFolderLock(join(into, 'run'));
    await expect(restore(file, into, true)).rejects.toEqual(failing('FOLDER_IN_USE'));
    if ('release' in lock) lock.release();
    await expect(restore(file, into, true)).resolves.toMatchObject({ folder: into });
  });

  test('takes an empty folder as it is', async () => {
    const into = data.fresh('restored');
    mkdirSync(into);
    chmodSync(into, 0o755);
    await restore(file, into);
    expect(statSync(into).mode & 0o077).toBe(0);
  });
});
