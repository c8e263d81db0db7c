import type { Connection } from 'mongoose';
import type { LeaverWindow } from '../../domain/leaver-window.ts';
import { openCollection } from './collection.ts';
import { fromStored, toStored, type Stored } from './stored.ts';

/** Confirmed or closed, whichever comes first; both are one comparison and one write. */
export interface LeaverWindowRepository {
  /** Opening the same one again changes nothing. */
  open(window: LeaverWindow): Promise<void>;
  /** By the hash of its token: whoever opens a link is known by nothing else. */
  find(id: string): Promise<LeaverWindow | undefined>;
  findByCase(orgId: string, caseId: string): Promise<LeaverWindow | undefined>;
  /** The window as it stands afterwards: confirmed now or before, or closed before. */
  confirm(window: LeaverWindow, atMs: number): Promise<LeaverWindow | undefined>;
  /** The window as it stands afterwards: closed, or confirmed before and left so. */
  close(window: LeaverWindow, atMs: number): Promise<LeaverWindow | undefined>;
  ensureIndexes(): Promise<void>;
}

type WindowDocument = Stored<LeaverWindow> & { readonly state: 'open' | 'confirmed' | 'closed' };

export function createLeaverWindowRepository(connection: Connection): LeaverWindowRepository {
  const collection = openCollection<WindowDocument>(connection, {
    name: 'leaver_windows',
    fields: {
      state: 'string',
      personId: 'string',
      caseId: 'string',
      openedAtMs: 'number',
      confirmedAtMs: 'number?',
      closedAtMs: 'number?',
    },
    indexes: [{ orgId: 1, caseId: 1 }],
  });
  const restore = (document: WindowDocument | undefined): LeaverWindow | undefined =>
    document && fromStored(document, ['state']);

  async function leaveOpenState(
    { id, orgId }: LeaverWindow,
    set: Readonly<Record<string, unknown>>,
  ): Promise<LeaverWindow | undefined> {
    const changed = await collection.changeOne({ _id: id, orgId, state: 'open' }, { set });
    return restore(changed ?? (await collection.findOne({ _id: id, orgId })));
  }

  return {
    async open(window) {
      await collection.insert({ ...toStored(window), state: 'open' });
    },
    find: async (id) => restore(await collection.findOne({ _id: id })),
    findByCase: async (orgId, caseId) => restore(await collection.findOne({ orgId, caseId })),
    confirm: (window, atMs) => leaveOpenState(window, { state: 'confirmed', confirmedAtMs: atMs }),
    close: (window, atMs) => leaveOpenState(window, { state: 'closed', closedAtMs: atMs }),
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
