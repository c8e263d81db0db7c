import { join } from 'node:path';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { packageVersion } from '../../../shared/platform/config/package-version.ts';
import { EVERY_OPERATION } from '../../every-operation.ts';
import { describeApi } from '../describe-api.ts';
import { compareWithRelease, keepRelease } from './compare-with-release.ts';

/**
 * `npm run check:api` fails where a caller of the last release would break. With `-- --keep`, which is a part of releasing,
 * it keeps the document of the version in `package.json`.
 */
const folder = join(packageRoot, 'docs', 'openapi');
const document = describeApi(EVERY_OPERATION, packageVersion);

if (process.argv.includes('--keep')) {
  keepRelease(folder, document);
} else {
  const { release, complaints } = compareWithRelease(folder, document);
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  if (complaints.length > 0) process.exitCode = 1;
  else process.stdout.write(`Nothing breaks for callers of ${release} that was not decided on.\n`);
}
