import type { PassRef } from '../../shared/contract/import-engine.ts';
import { isOver } from '../../shared/domain/imports/people-import.ts';
import { uploadPath, wipeUpload } from '../../shared/platform/imports/uploads.ts';
import { dropRows } from './drop-rows.ts';
import type { ImportPorts } from './import-ports.ts';

/**
 * Wipes an upload that nobody reads any more: its rows are all there, or the import is over. Rows of a file that was not read to its end
 * are of no use.
 */
export async function leaveUpload(
  { repositories: { imports }, uploadsFolder }: ImportPorts,
  { orgId, importId }: PassRef,
): Promise<void> {
  const current = await imports.get(orgId, importId);
  if (current === undefined) return;
  if (current.staged === undefined && isOver(current)) await dropRows(imports, current);
  if (current.staged !== undefined || isOver(current))
    await wipeUpload(uploadPath(uploadsFolder, orgId, importId));
}
