import type { WriteResult } from '../../../directory/accounts/write-account.ts';
import type { Directory } from '../../../directory/directory.ts';
import type { HandoverOperations } from '../../ports/handover-operations.ts';
import { availably } from './availably.ts';
import { outcomeOf } from './outcome.ts';

/** What a directory does of a handover. */
export function createHandover(of: {
  readonly orgId: string;
  readonly writes: Directory;
  readonly reads: Directory;
}): HandoverOperations {
  const { orgId, writes, reads } = of;
  const write = (change: () => Promise<WriteResult>) => availably(async () => outcomeOf(await change()));
  return {
    storeMessage: ({ accountId }, copy, call) => write(() => writes.storeCopy(orgId, accountId, copy, call)),
    readStoredMessage: ({ accountId }, key) => availably(() => reads.readCopy(orgId, accountId, key)),
    listFiles: ({ accountId }) => availably(() => reads.listFiles(orgId, accountId)),
    setFileOwner: ({ accountId }, fileId, call) =>
      write(() => writes.setFileOwner(orgId, fileId, accountId, call)),
    listCalendars: ({ accountId }) => availably(() => reads.listCalendars(orgId, accountId)),
    setCalendar: ({ accountId }, calendarId, { closed }, call) =>
      write(() => writes.setCalendar(orgId, calendarId, { accountId, closed }, call)),
    listMeetings: ({ accountId }) => availably(() => reads.listMeetings(orgId, accountId)),
    setMeeting: ({ accountId }, meetingId, { cancelled }, call) =>
      write(() => writes.setMeeting(orgId, meetingId, { accountId, cancelled }, call)),
    listContacts: ({ accountId }) => availably(() => reads.listContacts(orgId, accountId)),
    grantMailboxAccess: ({ accountId }, to, untilMs, call) =>
      write(() => writes.grantMailboxAccess(orgId, accountId, { toAccountId: to.accountId, untilMs }, call)),
    endMailboxAccess: ({ accountId }, to, call) =>
      write(() => writes.endMailboxAccess(orgId, accountId, to.accountId, call)),
  };
}
