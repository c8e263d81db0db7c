import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../config/error-code.ts';

/** Of the data folder: a folder for each organisation, a file for each import that is not staged yet. */
export const UPLOADS_FOLDER = 'imports';

export function uploadPath(uploadsFolder: string, orgId: string, importId: string): string {
  return join(uploadsFolder, orgId, importId);
}

const CHUNK = Buffer.alloc(64 * 1024);

/** Writes over the file, which may hold passwords, and removes it. One that is gone already is fine. */
export async function wipeUpload(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      for (let at = 0; at < size; at += CHUNK.length)
        await file.write(CHUNK, 0, Math.min(CHUNK.length, size - at), at);
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path, { force: true });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
