import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from '@jest/globals';
import { mongo } from 'mongoose';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { makeBackup } from '../../standalone/backup/make-backup.ts';
import type { BackupOptions, BackupReport } from '../../standalone/backup/make-backup.ts';
import { restoreBackup } from '../../standalone/backup/restore-backup.ts';
import type { RestoreReport } from '../../standalone/backup/restore-backup.ts';
import { startStore } from '../../standalone/store/start-store.ts';

/** A data folder that nobody serves, made by hand, so that every file of it is known. */
export interface DataAtRest {
  readonly folder: string;
  /** A path in a folder of its own, which is otherwise empty. */
  fresh(name: string): string;
  backUp(
    file: string,
    changes?: Partial<BackupOptions> & { readonly env?: Readonly<Record<string, string>> },
  ): Promise<BackupReport>;
  remove(): void;
}

export const STORE_SECRET = 'a secret that is long enough';
export const LETTERS = 500;
/** What a backup holds of it. */
export const BACKED_UP = [
  'archives/cas_1/exports/contacts.vcf',
  'archives/cas_1/full/000001.eml',
  'archives/cas_1/full/manifest.json',
  'outbox/notice-1.eml',
  'secret-key',
  'store/data/data.mdb',
  'temporal.db',
];

export async function createDataAtRest(): Promise<DataAtRest> {
  const root = mkdtempSync(join(tmpdir(), 'gangway-backup-'));
  const folder = join(root, 'data');
  await fillStore(join(folder, 'store'));
  const temporal = new DatabaseSync(join(folder, 'temporal.db'));
  temporal.exec('PRAGMA journal_mode = wal; CREATE TABLE executions (id TEXT)');
  temporal.exec("INSERT INTO executions VALUES ('departure:1')");
  temporal.close();
  const files = {
    'secret-key': 'a key',
    'store-secret': STORE_SECRET,
    'logs/api.log': 'not in a backup',
    'archives/cas_1/full/000001.eml': 'first',
    'archives/cas_1/full/manifest.json': '{}',
    'archives/cas_1/exports/contacts.vcf': 'contacts',
    'archives/cas_2/full/000001.eml': 'the part has no manifest yet',
    'outbox/notice-1.eml': 'notice',
    'outbox/notice-2.eml.tmp': 'half of a notice',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  return {
    folder,
    fresh: (name) => join(mkdtempSync(join(root, 'run-')), name),
    backUp: (file, { env = {}, ...changes } = {}) =>
      makeBackup({
        config: readConfig({ GANGWAY_DATA: folder, ...env }),
        path: '',
        file,
        withSecretKey: true,
        onProgress: () => undefined,
        signal: new AbortController().signal,
        ...changes,
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function fillStore(folder: string): Promise<void> {
  const store = await startStore({ folder, port: 0, secret: STORE_SECRET });
  const client = await new mongo.MongoClient(store.uri).connect();
  const letters = Array.from({ length: LETTERS }, (_, n) => ({ _id: String(n), text: 'x'.repeat(300) }));
  await client.db().collection<{ _id: string }>('letters').insertMany(letters);
  await client.close();
  await store.close();
}

export function restore(file: string, into: string, force = false): Promise<RestoreReport> {
  const { signal } = new AbortController();
  return restoreBackup({ file, into, force, onRead: () => undefined, signal });
}

export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export const failing = (code: string): unknown => expect.objectContaining({ code });
