import type { ApiContext } from '../api-context.ts';
import { accountOn } from '../directory/account-on.ts';
import { mailboxQuery } from '../directory/directory-fields.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { belongingsOperations } from './belongings-operations.ts';
import { accountAsked, answerMessages } from './directory.ts';

/** What an account of a directory owns, and its mailbox as somebody else may see it. */
export function belongingsRoutes(context: ApiContext): readonly Route[] {
  return routesOf(belongingsOperations, {
    listBelongings: (call) => belongings(context, call),
    listMessagesAsAnother: (call) => mailboxOfAnother(context, call),
  });
}

/** Whole, as the steps that hand it over read it: one account and what it owns at one moment, not a list to go through. */
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
  const { target: asked, ...wanted } = parse(mailboxQuery, call.query, 'query');
  const { directory, target, orgId, accountId } = await accountOn(context, call, asked, 'target');
  const reader = await personOr404(context, orgId, paramOf(call, 'readerId'));
  const readerId = reader.accounts.find((ref) => ref.target === target)?.accountId;
  if (readerId === undefined) throw new Problem('NO_MAILBOX_ACCESS');
  return answerMessages(call, wanted, async (range) => {
    const mailbox = await directory.readMailboxAs(orgId, { readerId, accountId }, range);
    if (mailbox.kind === 'refused') throw new Problem(mailbox.code);
    return mailbox.messages;
  });
}
