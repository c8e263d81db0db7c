import { copyFileSync, renameSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { runFetch, tell } from './fetch.ts';

/** By the library that test suites get their MongoDB with: it knows the archive for each platform and checks its MD5. */
await runFetch(async ({ version, target, folder }) => {
  const [{ MongoBinaryDownload }, { MongoBinaryDownloadUrl }, { getOS }] = await Promise.all([
    import('mongodb-memory-server-core/lib/util/MongoBinaryDownload.js'),
    import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js'),
    import('mongodb-memory-server-core/lib/util/getos/index.js'),
  ]);
  const wanted = { version, platform: platform(), arch: arch(), os: await getOS() };
  const url = await new MongoBinaryDownloadUrl(wanted).getDownloadUrl();
  await tell({ from: new URL(url).host, megabytes: await megabytesOf(url) });
  const found = await new MongoBinaryDownload({
    ...wanted,
    downloadDir: folder,
    checkMD5: true,
  }).getMongodPath();
  // It may also lie in a cache of that library's, which is not ours to empty.
  const whole = join(folder, 'whole');
  copyFileSync(found, whole);
  renameSync(whole, target);
});

async function megabytesOf(url: string): Promise<number | undefined> {
  const { headers } = await fetch(url, { method: 'HEAD' });
  const bytes = headers.get('content-length');
  return bytes === null ? undefined : Math.ceil(Number(bytes) / 1e6);
}
