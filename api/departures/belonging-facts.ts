import type { AccountRef } from '../../shared/domain/person.ts';
import type { BelongingFacts } from '../../shared/domain/planner/expected-calls.ts';
import type { ApiContext } from '../api-context.ts';

/** What an account has that could be handed over; `undefined` where the target cannot be asked from here. */
export async function belongingFacts(
  context: Pick<ApiContext, 'directories' | 'now'>,
  orgId: string,
  { target, accountId }: AccountRef,
): Promise<BelongingFacts | undefined> {
  const directory = context.directories[target];
  const account = await directory?.getAccount(orgId, accountId);
  if (directory === undefined || account === undefined) return undefined;
  const [files, calendars, meetings, contacts] = await Promise.all([
    directory.listFiles(orgId, accountId),
    directory.listCalendars(orgId, accountId),
    directory.listMeetings(orgId, accountId),
    directory.listContacts(orgId, accountId),
  ]);
  const nowMs = context.now();
  return {
    messageCount: account.mailbox.messageCount,
    fileCount: files.length,
    sharedCalendarCount: calendars.filter((one) => one.sharedWith.length > 0 && !one.closed).length,
    futureMeetingCount: meetings.filter((one) => one.startsAtMs > nowMs && !one.cancelled).length,
    contactCount: contacts.length,
  };
}
