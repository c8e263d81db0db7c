import type { Account, DirectoryOperation } from '../account.ts';
import type { StoredCalendar, StoredContact, StoredFile, StoredMeeting } from '../belongings/belonging.ts';
import { calendarSchema, contactSchema, fileSchema, meetingSchema } from './belonging-schemas.ts';
import { createCollection, createRevisedCollection } from './collection.ts';
import type { Collection, RevisedCollection, StoreConnection, Stored } from './collection.ts';
import {
  accountSchema,
  addressSchema,
  answeredSchema,
  effectSchema,
  messageSchema,
  outgoingSchema,
  redirectSchema,
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

/** An address that goes on as a redirect when its account is gone. The id is that of the address claim. */
interface AddressRedirect extends Stored {
  readonly rev: number;
  readonly accountId: string;
  readonly to: string;
  readonly untilMs: number;
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
  readonly redirects: RevisedCollection<AddressRedirect>;
  readonly messages: Collection<StoredMessage>;
  readonly outgoing: RevisedCollection<OutgoingMessage>;
  readonly answered: RevisedCollection<AnsweredSender>;
  readonly files: RevisedCollection<StoredFile>;
  readonly calendars: RevisedCollection<StoredCalendar>;
  readonly meetings: RevisedCollection<StoredMeeting>;
  readonly contacts: RevisedCollection<StoredContact>;
  readonly effects: Collection<DirectoryEffect>;
  /** Makes the indexes; safe to repeat. */
  prepare(): Promise<void>;
}

/** `name` keeps several directories in one database apart; the first one has none. */
export function createDirectoryStore(connection: StoreConnection, name?: string): DirectoryStore {
  const named = (collection: string): string =>
    name === undefined ? `dir_${collection}` : `dir_${name}_${collection}`;
  const collections = {
    accounts: createRevisedCollection<Account>(connection, named('accounts'), accountSchema),
    addresses: createCollection<AddressClaim>(connection, named('addresses'), addressSchema),
    redirects: createRevisedCollection<AddressRedirect>(connection, named('redirects'), redirectSchema),
    messages: createCollection<StoredMessage>(connection, named('messages'), messageSchema),
    outgoing: createRevisedCollection<OutgoingMessage>(connection, named('outgoing'), outgoingSchema),
    answered: createRevisedCollection<AnsweredSender>(connection, named('answered'), answeredSchema),
    effects: createCollection<DirectoryEffect>(connection, named('effects'), effectSchema),
    files: createRevisedCollection<StoredFile>(connection, named('files'), fileSchema),
    calendars: createRevisedCollection<StoredCalendar>(connection, named('calendars'), calendarSchema),
    meetings: createRevisedCollection<StoredMeeting>(connection, named('meetings'), meetingSchema),
    contacts: createRevisedCollection<StoredContact>(connection, named('contacts'), contactSchema),
  };
  return {
    ...collections,
    prepare: async () => {
      for (const collection of Object.values(collections)) await collection.prepare();
    },
  };
}
