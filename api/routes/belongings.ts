import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call, type Route } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from '../people/update-person.ts';
import { accountAsked } from './directory.ts';

/** What an account of a directory owns, and its mailbox as somebody else may see it. */
export function belongingsRoutes(context: ApiContext): readonly Route[] {
  const path = '/v1/directory/accounts/:personId';
  return [
    {
      method: 'get',
      path: `${path}/belongings`,
      scope: 'directory:read',
      handle: (call) => belongings(context, call),
    },
    {
      method: 'get',
      path: `${path}/messages/as/:readerId`,
      scope: 'directory:read',
      handle: (call) => mailboxOfAnother(context, call),
    },
  ];
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
