import type { Connection } from 'mongoose';
import { setupLinkState, type SetupLink } from '../../domain/setup-link.ts';
import { openCollection, type Collection } from './collection.ts';
import { fromStored, toStored, type Stored } from './stored.ts';

/** At most one link of a person is open: giving one voids those before it. */
export interface SetupLinkRepository {
  /**
   * Writes a link and then voids the person's other open ones. Giving the same id again moves the end of one that is not
   * used and not void, and changes nothing else.
   */
  give(link: SetupLink): Promise<void>;
  /** By the hash of its token: whoever opens a link is known by nothing else. */
  find(id: string): Promise<SetupLink | undefined>;
  /** Uses an open link; of any number of callers at once one gets it, the others `undefined`. */
  use(link: SetupLink, atMs: number): Promise<SetupLink | undefined>;
  /** The use came to nothing: the link is open again. */
  giveBack(link: SetupLink): Promise<void>;
  /** Voids every link of a person that is neither used nor void, and gives how many there were. */
  voidAll(orgId: string, personId: string, atMs: number, exceptId?: string): Promise<number>;
  /** The links of a person that can be used at this instant. */
  listOpen(orgId: string, personId: string, atMs: number): Promise<readonly SetupLink[]>;
  /** Whether the person used a link after this instant. */
  usedAfter(orgId: string, personId: string, afterMs: number): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

type LinkDocument = Stored<SetupLink> & { readonly rev: number };

/** More than anybody is given; older ones are used, void or expired. */
const MOST_OF_A_PERSON = 500;

const restore = (document: LinkDocument): SetupLink => fromStored(document, ['rev']);

export function createSetupLinkRepository(connection: Connection): SetupLinkRepository {
  const collection = openLinks(connection);

  async function listAll(orgId: string, personId: string): Promise<readonly LinkDocument[]> {
    return collection.find({ orgId, personId }, { createdAtMs: -1 }, MOST_OF_A_PERSON);
  }

  async function change(
    { id, orgId }: SetupLink,
    decide: (document: LinkDocument) => Parameters<typeof collection.changeOne>[1] | undefined,
  ): Promise<SetupLink | undefined> {
    const found = await collection.findOne({ _id: id, orgId });
    const changes = found && decide(found);
    if (found === undefined || changes === undefined) return undefined;
    const changed = await collection.changeOne(
      { _id: id, orgId, rev: found.rev },
      { ...changes, increment: { rev: 1 } },
    );
    return changed === undefined ? change({ ...restore(found) }, decide) : restore(changed);
  }

  async function voidAll(orgId: string, personId: string, atMs: number, exceptId?: string): Promise<number> {
    const others = (await listAll(orgId, personId)).filter(({ _id }) => _id !== exceptId);
    let voided = 0;
    for (const other of others) {
      const done = await change(restore(other), ({ usedAtMs, voidedAtMs }) =>
        usedAtMs === undefined && voidedAtMs === undefined ? { set: { voidedAtMs: atMs } } : undefined,
      );
      if (done !== undefined) voided += 1;
    }
    return voided;
  }

  return {
    async give(link) {
      if ((await collection.insert({ ...toStored(link), rev: 0 })) === 'exists')
        await change(link, (known) =>
          known.usedAtMs === undefined &&
          known.voidedAtMs === undefined &&
          known.expiresAtMs < link.expiresAtMs
            ? { set: { expiresAtMs: link.expiresAtMs } }
            : undefined,
        );
      const stored = await collection.findOne({ _id: link.id, orgId: link.orgId });
      // A link that is void itself has a newer one behind it.
      if (stored !== undefined && stored.voidedAtMs === undefined)
        await voidAll(link.orgId, link.personId, link.createdAtMs, link.id);
    },
    async find(id) {
      const found = await collection.findOne({ _id: id });
      return found && restore(found);
    },
    use: (link, atMs) =>
      change(link, (known) =>
        setupLinkState(restore(known), atMs) === 'open' ? { set: { usedAtMs: atMs } } : undefined,
      ),
    async giveBack(link) {
      await change(link, () => ({ unset: ['usedAtMs'] }));
    },
    voidAll,
    async listOpen(orgId, personId, atMs) {
      const all = (await listAll(orgId, personId)).map(restore);
      return all.filter((link) => setupLinkState(link, atMs) === 'open');
    },
    async usedAfter(orgId, personId, afterMs) {
      const all = await listAll(orgId, personId);
      return all.some(({ usedAtMs }) => usedAtMs !== undefined && usedAtMs > afterMs);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

function openLinks(connection: Connection): Collection<LinkDocument> {
  return openCollection<LinkDocument>(connection, {
    name: 'setup_links',
    fields: {
      rev: 'number',
      personId: 'string',
      caseId: 'string?',
      createdAtMs: 'number',
      expiresAtMs: 'number',
      usedAtMs: 'number?',
      voidedAtMs: 'number?',
    },
    indexes: [{ orgId: 1, personId: 1, createdAtMs: -1 }],
  });
}
