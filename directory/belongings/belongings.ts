import type { WriteCall, WriteResult } from '../accounts/write-account.ts';
import type { RevisedCollection } from '../store/collection.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import {
  shown,
  type Belonging,
  type Shown,
  type StoredCalendar,
  type StoredContact,
  type StoredFile,
  type StoredMeeting,
} from './belonging.ts';
import { writeBelonging } from './write-belonging.ts';

/** Something new, under an id the caller chose: adding it again changes nothing. */
type New<T extends Belonging> = Shown<T>;

/** Files, calendars, meetings and contacts. Refused `NO_SUCH_ITEM` and `NO_SUCH_ACCOUNT`. */
export interface DirectoryBelongings {
  addFile(orgId: string, file: New<StoredFile>): Promise<void>;
  addCalendar(orgId: string, calendar: New<StoredCalendar>): Promise<void>;
  addMeeting(orgId: string, meeting: New<StoredMeeting>): Promise<void>;
  addContact(orgId: string, contact: New<StoredContact>): Promise<void>;
  /** What an account owns, by id. */
  listFiles(orgId: string, accountId: string): Promise<readonly Shown<StoredFile>[]>;
  listCalendars(orgId: string, accountId: string): Promise<readonly Shown<StoredCalendar>[]>;
  listMeetings(orgId: string, accountId: string): Promise<readonly Shown<StoredMeeting>[]>;
  listContacts(orgId: string, accountId: string): Promise<readonly Shown<StoredContact>[]>;
  setFileOwner(orgId: string, fileId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  /** This owner, open or closed. A closed calendar is seen by nobody but its owner. */
  setCalendar(
    orgId: string,
    calendarId: string,
    wanted: { readonly accountId: string; readonly closed: boolean },
    call: WriteCall,
  ): Promise<WriteResult>;
  setMeeting(
    orgId: string,
    meetingId: string,
    wanted: { readonly accountId: string; readonly cancelled: boolean },
    call: WriteCall,
  ): Promise<WriteResult>;
}

const pageSize = 200;

export function createBelongings(store: DirectoryStore, compareFirst: boolean): DirectoryBelongings {
  const { files, calendars, meetings, contacts } = store;
  return {
    addFile: (orgId, file) => add(files, orgId, file),
    addCalendar: (orgId, calendar) => add(calendars, orgId, calendar),
    addMeeting: (orgId, meeting) => add(meetings, orgId, meeting),
    addContact: (orgId, contact) => add(contacts, orgId, contact),
    listFiles: (orgId, accountId) => list(files, orgId, accountId),
    listCalendars: (orgId, accountId) => list(calendars, orgId, accountId),
    listMeetings: (orgId, accountId) => list(meetings, orgId, accountId),
    listContacts: (orgId, accountId) => list(contacts, orgId, accountId),
    setFileOwner: (orgId, id, accountId, call) =>
      writeBelonging(
        store,
        files,
        { orgId, id, compareFirst, operation: 'setFileOwner', wanted: { accountId } },
        call,
      ),
    setCalendar: (orgId, id, wanted, call) =>
      writeBelonging(store, calendars, { orgId, id, compareFirst, operation: 'setCalendar', wanted }, call),
    setMeeting: (orgId, id, wanted, call) =>
      writeBelonging(store, meetings, { orgId, id, compareFirst, operation: 'setMeeting', wanted }, call),
  };
}

async function add<T extends Belonging>(
  collection: RevisedCollection<T>,
  orgId: string,
  { id, ownerAccountId: accountId, ...rest }: New<T>,
): Promise<void> {
  const fixed: Belonging = { _id: id, orgId, rev: 1, accountId, pendingEffects: [] };
  await collection.insert({ ...rest, ...fixed } as unknown as T);
}

async function list<T extends Belonging>(
  collection: RevisedCollection<T>,
  orgId: string,
  accountId: string,
): Promise<readonly Shown<T>[]> {
  const found: Shown<T>[] = [];
  const where: Partial<Belonging> = { accountId };
  for (let afterId = ''; ;) {
    const page = await collection.page(orgId, where as Partial<T>, afterId, pageSize);
    found.push(...page.map(shown));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return found;
    afterId = last._id;
  }
}
