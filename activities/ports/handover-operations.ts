import type { AccountRef } from '../../shared/domain/person.ts';
import type { Call, CallOutcome } from './call.ts';

/**
 * What a target does of a handover. Lists read another connection than the writes; a write names the account that owns the
 * thing afterwards, and is `refused` with `no_such_item` when the thing is gone.
 */
export interface HandoverOperations {
  /** A copy in a folder of this account, once for each key. `refused` with `mailbox_full`. */
  storeMessage(ref: AccountRef, copy: MessageCopy, call: Call): Promise<CallOutcome>;
  /** The bytes of such a copy as they are stored now. */
  readStoredMessage(ref: AccountRef, key: CopyKey): Promise<Uint8Array | undefined>;
  listFiles(ref: AccountRef): Promise<readonly OwnedFile[]>;
  setFileOwner(ref: AccountRef, fileId: string, call: Call): Promise<CallOutcome>;
  /** Those the account owns. */
  listCalendars(ref: AccountRef): Promise<readonly OwnedCalendar[]>;
  setCalendar(
    ref: AccountRef,
    calendarId: string,
    wanted: Pick<OwnedCalendar, 'closed'>,
    call: Call,
  ): Promise<CallOutcome>;
  /** Those the account called. */
  listMeetings(ref: AccountRef): Promise<readonly OwnedMeeting[]>;
  setMeeting(
    ref: AccountRef,
    meetingId: string,
    wanted: Pick<OwnedMeeting, 'cancelled'>,
    call: Call,
  ): Promise<CallOutcome>;
  listContacts(ref: AccountRef): Promise<readonly Contact[]>;
  /** `to` may read the mailbox until just before `untilMs`; the target ends it by itself. */
  grantMailboxAccess(ref: AccountRef, to: AccountRef, untilMs: number, call: Call): Promise<CallOutcome>;
  endMailboxAccess(ref: AccountRef, to: AccountRef, call: Call): Promise<CallOutcome>;
}

/** What a copy is known by. `receivedAtMs`: of the original. */
export interface CopyKey {
  readonly key: string;
  readonly receivedAtMs: number;
}

export interface MessageCopy extends CopyKey {
  readonly folder: string;
  readonly raw: Uint8Array;
}

export interface OwnedFile {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
}

export interface OwnedCalendar {
  readonly id: string;
  readonly name: string;
  readonly sharedWith: readonly string[];
  readonly closed: boolean;
}

export interface OwnedMeeting {
  readonly id: string;
  readonly startsAtMs: number;
  readonly cancelled: boolean;
}

export interface Contact {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly address?: string;
  readonly telephone?: string;
  readonly organisation?: string;
  readonly note?: string;
}
