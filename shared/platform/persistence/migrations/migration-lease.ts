import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { StartError } from '../../../errors/start/start-error.ts';
import { openCollection, type StoredDocument } from '../collection.ts';
import { INSTALLATION } from '../stored.ts';

/** One process at a time may change the database. Whoever has the lease renews it before each page. */
export interface Lease {
  /** Counts up with every holder: what an earlier one still writes is told by its lower number. */
  readonly fence: number;
  /** `false`: somebody else has it by now. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

const MS_PER_MINUTE = 60_000;

/** All in milliseconds. */
export interface LeasePatience {
  /** A lease that was not renewed for so long belongs to nobody: its process died, or stands still. */
  readonly expiresAfterMs: number;
  readonly pollMs: number;
  readonly giveUpAfterMs: number;
}

export const USUAL_LEASE: LeasePatience = {
  expiresAfterMs: 30_000,
  pollMs: 500,
  giveUpAfterMs: 30 * MS_PER_MINUTE,
};

type LeaseDocument = StoredDocument & {
  readonly rev: number;
  readonly fence: number;
  readonly holder?: string;
};

const FILTER = { _id: 'lease:migrations', orgId: INSTALLATION };

/**
 * Waits until the lease is free, released or expired, and takes it for `holder`. Of any number of processes one gets it.
 * Clocks of several machines need not agree: a lease is over when the one who waits saw no renewal for long enough. Throws
 * `MIGRATION_BUSY` after `giveUpAfterMs`.
 */
export async function takeLease(
  connection: Connection,
  holder: string,
  { patience, onWait }: { readonly patience: LeasePatience; readonly onWait: (holder: string) => void },
): Promise<Lease> {
  const collection = openCollection<LeaseDocument>(connection, {
    name: 'leases',
    fields: { rev: 'number', fence: 'number', holder: 'string?' },
    indexes: [],
  });
  await collection.insert({ ...FILTER, rev: 0, fence: 0 });
  const startedAt = performance.now();
  let seen = { rev: -1, at: startedAt };
  for (;;) {
    const found = await collection.findOne(FILTER);
    if (found === undefined) throw new Error('the lease of the migrations was removed');
    const now = performance.now();
    if (found.rev !== seen.rev) seen = { rev: found.rev, at: now };
    if (found.holder === undefined || now - seen.at >= patience.expiresAfterMs) {
      const changes = { set: { holder }, increment: { rev: 1, fence: 1 } };
      const taken = await collection.changeOne({ ...FILTER, rev: found.rev }, changes);
      if (taken !== undefined) return leaseOf(taken.fence);
    } else if (now - startedAt >= patience.giveUpAfterMs) {
      const minutes = Math.round(patience.giveUpAfterMs / MS_PER_MINUTE);
      throw StartError.of('MIGRATION_BUSY', { holder: found.holder, minutes });
    } else {
      onWait(found.holder);
      await sleep(patience.pollMs);
    }
  }

  function leaseOf(fence: number): Lease {
    return {
      fence,
      renew: async () =>
        (await collection.changeOne({ ...FILTER, fence }, { increment: { rev: 1 } })) !== undefined,
      release: async () => {
        await collection.changeOne({ ...FILTER, fence }, { unset: ['holder'], increment: { rev: 1 } });
      },
    };
  }
}
