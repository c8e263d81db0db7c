import type { Account, DirectoryOperation } from '../account.ts';
import { createCollection, createRevisedCollection } from './collection.ts';
import type { Collection, RevisedCollection, StoreConnection, Stored } from './collection.ts';
import {
  accountSchema,
  addressSchema,
  answeredSchema,
  effectSchema,
  messageSchema,
  outgoingSchema,
} from './schemas.ts';

/** Insert-only claim: an address or alias belongs to one account of its organisation. */
interface AddressClaim extends Stored {
  readonly accountId: string;
}

/** `void`: the place of a delivery that was given up; whoever was still delivering it finds the place taken. */
interface StoredMessage extends Stored {
  readonly accountId: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
  readonly raw: Uint8Array;
  readonly void: boolean;
}

/** An auto-reply that was made. `failed`: the other side did not take it. */
export interface OutgoingMessage extends Stored {
  readonly rev: number;
  readonly accountId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly atMs: number;
  readonly state: 'queued' | 'sent' | 'failed';
}

/** When a sender was last answered. The id holds a hash of the sender. */
interface AnsweredSender extends Stored {
  readonly rev: number;
  readonly accountId: string;
  readonly atMs: number;
}

/** One line of the append-only effect log: something really changed. `seq` counts within the account. */
export interface DirectoryEffect extends Stored {
  readonly accountId: string;
  readonly seq: number;
  readonly operation: DirectoryOperation;
  readonly effectKey: string;
  readonly atMs: number;
}

export interface DirectoryStore {
  readonly accounts: RevisedCollection<Account>;
  readonly addresses: Collection<AddressClaim>;
  readonly messages: Collection<StoredMessage>;
  readonly outgoing: RevisedCollection<OutgoingMessage>;
  readonly answered: RevisedCollection<AnsweredSender>;
  readonly effects: Collection<DirectoryEffect>;
  /** Makes the indexes; safe to repeat. */
  prepare(): Promise<void>;
}

export function createDirectoryStore(connection: StoreConnection): DirectoryStore {
  const collections = {
    accounts: createRevisedCollection<Account>(connection, 'dir_accounts', accountSchema),
    addresses: createCollection<AddressClaim>(connection, 'dir_addresses', addressSchema),
    messages: createCollection<StoredMessage>(connection, 'dir_messages', messageSchema),
    outgoing: createRevisedCollection<OutgoingMessage>(connection, 'dir_outgoing', outgoingSchema),
    answered: createRevisedCollection<AnsweredSender>(connection, 'dir_answered', answeredSchema),
    effects: createCollection<DirectoryEffect>(connection, 'dir_effects', effectSchema),
  };
  return {
    ...collections,
    prepare: async () => {
      for (const collection of Object.values(collections)) await collection.prepare();
    },
  };
}
