import { mkdtempSync, rmSync } from 'node:fs';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import type { DownloadMessage } from './run-download.ts';

const LONGEST_REASON = 160;

/** What one fetch is given. */
export interface Fetch {
  /** Of the program. */
  readonly version: string;
  /** Where to leave it: this file, by renaming one of `folder`. */
  readonly target: string;
  /** For what is not whole yet; removed afterwards. */
  readonly folder: string;
}

/** The life of a process that fetches one program, `fetch-….js <file> <version>`. Ends with its parent. */
export async function runFetch(run: (fetch: Fetch) => Promise<void>): Promise<void> {
  const [target, version] = process.argv.slice(2);
  if (target === undefined || version === undefined) throw new Error('usage: fetch-….js <file> <version>');
  process.on('disconnect', () => process.exit(1));
  const folder = mkdtempSync(`${target}.part-`);
  try {
    await run({ version, target, folder });
  } catch (error) {
    await tell({ failed: reasonOf(error) });
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

/** Tells the start, and resolves once it was told: nothing is fetched unannounced. */
export function tell(message: DownloadMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });
}

/** In one line that is not too long: the cause says more than what it caused, and the end more than the beginning. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const [line = ''] = systemReason(cause).trim().split('\n');
  return line.length > LONGEST_REASON ? `…${line.slice(-LONGEST_REASON)}` : line;
}
