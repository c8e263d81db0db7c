import { appendFileSync, renameSync, statSync } from 'node:fs';
import { systemReason } from '../../shared/platform/config/error-code.ts';

const ROTATE_ABOVE_BYTES = 10 * 1024 * 1024;

interface ChildLogOptions {
  /** Told once when the file cannot be written: a full disk must not end the supervisor. */
  readonly onProblem: (sentence: string) => void;
  readonly rotateAboveBytes?: number;
}

/** Appends to `path`; a file that has grown too large becomes `<path>.1`, replacing the one before, and a new one begins. */
export function openChildLog(path: string, options: ChildLogOptions): (text: string) => void {
  const rotateAboveBytes = options.rotateAboveBytes ?? ROTATE_ABOVE_BYTES;
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let broken = false;

  const append = (text: string): void => {
    if (bytes > rotateAboveBytes) {
      renameSync(path, `${path}.1`);
      bytes = 0;
    }
    appendFileSync(path, text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };

  return (text) => {
    try {
      append(text);
      broken = false;
    } catch (error) {
      if (!broken) options.onProblem(`${path} cannot be written (${systemReason(error)}).`);
      broken = true;
    }
  };
}
