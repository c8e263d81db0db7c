import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { personOr404 } from '../people/update-person.ts';
import { belongingsOperations } from './belongings-operations.ts';
import { accountAsked } from './directory.ts';

/** What an account of a directory owns, and its mailbox as somebody else may see it. */
export function belongingsRoutes(context: ApiContext): readonly Route[] {
  return routesOf(belongingsOperations, {
    listBelongings: (call) => belongings(context, call),
    listMessagesAsAnother: (call) => mailboxOfAnother(context, call),
  });
}

async function belongings(context: ApiContext, call: Call): Promise<Answer> {
  const { directory, orgId, accountId } = await accountAsked(context, call);
  const [files, calendars, meetings, contacts] = await Promise.all([
    directory.listFiles(orgId, accountId),
    directory.listCalendars(orgId, accountId),
    directory.listMeetings(orgId, accountId),
    directory.listContacts(orgId, accountId),
  ]);
  return { status: 200, body: { files, calendars, meetings, contacts } };
}

/** Only with a grant that is not over. */
async function mailboxOfAnother(context: ApiContext, call: Call): Promise<Answer> {
  const { directory, target, orgId, accountId } = await accountAsked(context, call);
  const reader = await personOr404(context, orgId, paramOf(call, 'readerId'));
  const readerId = reader.accounts.find((ref) => ref.target === target)?.accountId;
  if (readerId === undefined) throw new Problem('NO_MAILBOX_ACCESS');
  const mailbox = await directory.readMailboxAs(orgId, { readerId, accountId });
  if (mailbox.kind === 'refused') throw new Problem(mailbox.code);
  const items = mailbox.messages.map(({ receivedAtMs, ...message }) => ({
    ...message,
    receivedAt: utc(receivedAtMs),
  }));
  return { status: 200, body: { items } };
}
