import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isOver } from '../../../shared/domain/imports/people-import.ts';
import { unlessMissing } from '../../../shared/platform/files/durable-file.ts';
import { wipeUpload } from '../../../shared/platform/imports/uploads.ts';
import type { ApiContext } from '../../api-context.ts';
import { keepDoing } from '../../keep-doing.ts';

const HOUR_MS = 60 * 60_000;
/** Longer than any upload takes. */
const OLD_MS = 24 * HOUR_MS;

/** Wipes what an API that died left of uploads, as long as this one runs. */
export function keepSweepingUploads(context: ApiContext): () => Promise<void> {
  return keepDoing(context, {
    everyMs: HOUR_MS,
    failure: 'uploads that nobody needs could not be swept',
    turn: (isStopped) => sweepUploads(context, isStopped),
  });
}

/** Files of a day ago that came to no import, or to one that has its rows in the database or is over. */
export async function sweepUploads(context: ApiContext, isStopped: () => boolean): Promise<void> {
  const { folder } = context.uploads;
  for (const orgId of (await unlessMissing(readdir(folder))) ?? [])
    for (const name of await readdir(join(folder, orgId))) {
      if (isStopped()) return;
      const path = join(folder, orgId, name);
      const file = await unlessMissing(stat(path));
      const isOld = file !== undefined && file.mtimeMs < context.now() - OLD_MS;
      if (isOld && !(await isNeeded(context, orgId, name))) await wipeUpload(path);
    }
}

async function isNeeded({ repositories }: ApiContext, orgId: string, importId: string): Promise<boolean> {
  const theImport = await repositories.imports.get(orgId, importId);
  return theImport !== undefined && theImport.staged === undefined && !isOver(theImport);
}
