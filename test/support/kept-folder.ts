import { createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import type { Json } from './http-company.ts';

const FIXTURES = join(packageRoot, 'test', 'fixtures');
type KeptCase = 'scheduled' | 'lockedOut' | 'red' | 'cancelled' | 'completed';

/** What is in a data folder that a release wrote: see test/fixtures/README.md. */
export type KeptFolder = Readonly<Record<KeptCase, string>> & {
  readonly keys: Readonly<Record<'first' | 'second', string>>;
  readonly people: Readonly<Record<'colleague' | 'gone' | 'guarded' | 'leaver', string>>;
  /** Each case as the release itself showed it at its end. */
  readonly views: Readonly<Record<KeptCase, Json & { readonly id: string }>>;
};

export function describeKeptFolder(release: string): KeptFolder {
  return JSON.parse(readFileSync(join(FIXTURES, `data-${release}.json`), 'utf8')) as KeptFolder;
}

export async function unpackKeptFolder(release: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  await pipeline(
    createReadStream(join(FIXTURES, `data-${release}.tar.br`)),
    createBrotliDecompress(),
    extract(into),
  );
}
