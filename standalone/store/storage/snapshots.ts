import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import type { Environment } from './environment.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * A copy of the whole store at one instant, while it goes on serving. In two steps, so that another database can be looked
 * at in between: while the writes are held, nothing is acknowledged that the copy will not have.
 */
export interface Snapshots {
  /** Holds every write, for a few seconds at most. Gives the hold its name. */
  readonly hold: () => Promise<string>;
  /** Begins the copy, lets the writes go on, and gives the folder once the copy is complete. It is the caller's to remove. */
  readonly take: (hold: string) => Promise<string>;
  /** Gives a hold up. One that is over already is no error. */
  readonly release: (hold: string) => void;
}

/** Far less than the store's clients wait for an answer. */
const HELD_AT_MOST_MS = 3_000;

interface Hold {
  readonly name: string;
  readonly end: () => void;
}

export function createSnapshots(
  storeFolder: string,
  environment: Pick<Environment, 'copyTo'>,
  writes: Pick<WriteQueue, 'hold'>,
  heldAtMostMs = HELD_AT_MOST_MS,
): Snapshots {
  const folder = join(storeFolder, 'snapshots');
  let current: Hold | undefined;
  let count = 0;
  // Those of an earlier process: whoever was to read them found it gone.
  rmSync(folder, { recursive: true, force: true });

  return {
    hold: async () => {
      if (current !== undefined) throw new StoreError('LockBusy', 'the writes are held for another snapshot');
      const name = String(++count);
      current = { name, end: () => undefined };
      const letGo = await writes.hold();
      const end = (): void => {
        if (current?.name !== name) return;
        clearTimeout(timer);
        current = undefined;
        letGo();
      };
      const timer = setTimeout(end, heldAtMostMs);
      current = { name, end };
      return name;
    },
    take: async (name) => {
      const hold = current;
      if (hold?.name !== name) throw holdOver();
      const copy = join(folder, name);
      try {
        const copying = environment.copyTo(copy);
        await copying.begun;
        const inTime = current === hold;
        hold.end();
        await copying.finished;
        if (!inTime) throw holdOver();
        return copy;
      } catch (error) {
        hold.end();
        rmSync(copy, { recursive: true, force: true });
        throw error;
      }
    },
    release: (name) => {
      if (current?.name === name) current.end();
    },
  };
}

function holdOver(): StoreError {
  return new StoreError('SnapshotUnavailable', 'the writes are not held any more: hold them again');
}
