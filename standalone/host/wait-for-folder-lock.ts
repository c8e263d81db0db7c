import { mkdirSync } from 'node:fs';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import { takeFolderLock } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { pause } from './pause.ts';

const POLL_MS = 1_000;

interface Waiting {
  /** Told about once a second while another start holds the lock. */
  readonly onWait: () => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * The lock of a folder of the cache, created when missing: of several starts that need the same file one makes it and the
 * others wait. Throws a StartError when the folder cannot be written and when the start is interrupted meanwhile.
 */
export async function waitForFolderLock(folder: string, { onWait, signal }: Waiting): Promise<FolderLock> {
  const interrupt = signal ?? new AbortController().signal;
  for (;;) {
    const lock = takeLock(folder);
    if ('release' in lock) return lock;
    onWait();
    await pause(POLL_MS, interrupt);
    if (interrupt.aborted) throw StartError.of('INTERRUPTED', {});
  }
}

function takeLock(folder: string): ReturnType<typeof takeFolderLock> {
  try {
    mkdirSync(folder, { recursive: true });
    return takeFolderLock(folder);
  } catch (error) {
    throw StartError.of('CACHE_FOLDER_UNUSABLE', { folder, reason: systemReason(error) }, { cause: error });
  }
}
