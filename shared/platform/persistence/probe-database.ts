import { createHash } from 'node:crypto';
import type { StartErrorCode } from '../../errors/start/start-error.ts';
import { openCollection, type Collection, type StoredDocument } from './collection.ts';
import { connectDatabase, type Database } from './connect.ts';
import { INSTALLATION } from './stored.ts';

/** Why a database is not used. */
type ProbeRefusal = Extract<
  StartErrorCode,
  'COMPARE_AND_SET_LOST' | 'INCREMENTS_LOST' | 'DUPLICATE_ACCEPTED'
>;

export type ProbeResult =
  | { readonly kind: 'accepted'; readonly extent: 'full' | 'small' }
  | { readonly kind: 'refused'; readonly code: ProbeRefusal };

export interface ProbeOptions {
  /** Connects once per call; another function makes a database lie in a test. */
  readonly connect?: (uri: string) => Promise<Database>;
  readonly wallClock?: () => number;
}

type ProbeDocument = StoredDocument & {
  readonly rev: number;
  readonly count: number;
  /** On the document that remembers a full probe. */
  readonly passedAtMs?: number;
};
type ProbeCollection = Collection<ProbeDocument>;

const CONNECTIONS = 4;
const EXTENTS = { full: { writers: 200, increments: 500 }, small: { writers: 20, increments: 40 } } as const;

/**
 * Shows that the database keeps its word before anything is entrusted to it: of many simultaneous compare-and-set writes
 * over several connections one wins, no increment is lost, an `_id` is unique. In full on a database this address has
 * not passed yet, which the database itself remembers; otherwise a small one. Throws `StoreUnavailable`.
 */
export async function probeDatabase(uri: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  const connect = options.connect ?? ((address) => connectDatabase(address, { maxPoolSize: 10 }));
  const databases: Database[] = [];
  try {
    for (let index = 0; index < CONNECTIONS; index += 1) databases.push(await connect(uri));
    return await probe(databases.map(openProbes), uri, options.wallClock ?? Date.now);
  } finally {
    await Promise.all(databases.map((database) => database.close()));
  }
}

async function probe(
  [first, ...others]: readonly ProbeCollection[],
  uri: string,
  wallClock: () => number,
): Promise<ProbeResult> {
  if (first === undefined) throw new Error('a probe needs a connection');
  const passedId = `passed:${createHash('sha256').update(uri).digest('hex')}`;
  const passed = await first.findOne({ _id: passedId, orgId: INSTALLATION });
  const extent = passed === undefined ? 'full' : 'small';
  const refusal = await findRefusal([first, ...others], first, extent, wallClock);
  if (refusal !== undefined) return { kind: 'refused', code: refusal };
  if (passed === undefined) {
    await first.insert({ _id: passedId, orgId: INSTALLATION, rev: 0, count: 0, passedAtMs: wallClock() });
  }
  return { kind: 'accepted', extent };
}

async function findRefusal(
  collections: readonly ProbeCollection[],
  first: ProbeCollection,
  extent: keyof typeof EXTENTS,
  wallClock: () => number,
): Promise<ProbeRefusal | undefined> {
  const { writers, increments } = EXTENTS[extent];
  const id = `try:${wallClock()}:${process.pid}`;
  const filter = { _id: id, orgId: INSTALLATION };
  const turns = (count: number): readonly ProbeCollection[] =>
    Array.from({ length: count }, (_, index) => collections[index % collections.length] ?? first);
  try {
    const blank: ProbeDocument = { _id: id, orgId: INSTALLATION, rev: 0, count: 0 };
    const inserts = await Promise.all(collections.map((collection) => collection.insert(blank)));
    if (inserts.filter((result) => result === 'inserted').length !== 1) return 'DUPLICATE_ACCEPTED';

    const attempts = turns(writers).map((collection) =>
      collection.changeOne({ ...filter, rev: 0 }, { increment: { rev: 1 } }),
    );
    const winners = (await Promise.all(attempts)).filter((changed) => changed !== undefined);
    const after = await first.findOne(filter);
    if (winners.length !== 1 || after?.rev !== 1) return 'COMPARE_AND_SET_LOST';

    await Promise.all(
      turns(increments).map((collection) => collection.changeOne(filter, { increment: { count: 1 } })),
    );
    const counted = await first.findOne(filter);
    return counted?.count === increments ? undefined : 'INCREMENTS_LOST';
  } finally {
    await first.deleteOne(filter);
  }
}

function openProbes(database: Database): ProbeCollection {
  return openCollection<ProbeDocument>(database.connection, {
    name: 'probes',
    fields: { rev: 'number', count: 'number', passedAtMs: 'number?' },
    indexes: [],
  });
}
