import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { LeaverWindow } from '../../shared/domain/leaver-window.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { hashOfToken, isLinkToken } from '../../shared/platform/links/link-token.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { paragraph, type Page } from './page.ts';
import { confirmOperations } from './confirm-operations.ts';
import { pageHandlers, type LinkPage } from './page-handlers.ts';

export function confirmRoutes(context: ApiContext): readonly OpenRoute[] {
  const { show, submit } = pageHandlers(context, confirmPage(context));
  return openRoutesOf(confirmOperations, { showConfirmationPage: show, confirmPrivateMail: submit });
}

/** Where a leaver confirms that private mail was taken out of the mailbox. Opening it confirms nothing: mail filters open links. */
function confirmPage(context: ApiContext): LinkPage {
  return {
    async show(token) {
      const found = await open(context, token);
      return 'page' in found ? found.page : form(context, found);
    },
    async submit(token) {
      const found = await open(context, token);
      return 'page' in found ? found.page : confirm(context, found.window);
    },
  };
}

interface Found {
  readonly window: LeaverWindow;
  readonly person: Person;
  readonly record: CaseRecord;
}

/** The window and whose it is, or the page that says why there is nothing to confirm. */
async function open(context: ApiContext, token: string): Promise<Found | { readonly page: Page }> {
  const { leaverWindows, people, cases } = context.repositories;
  const window = isLinkToken(token) ? await leaverWindows.find(hashOfToken(token)) : undefined;
  if (window === undefined) return { page: unknown };
  if (window.confirmedAtMs !== undefined) return { page: thanks };
  const record = await cases.get(window.orgId, window.caseId);
  const person = await people.get(window.orgId, window.personId);
  if (record === undefined || person === undefined) return { page: tooLate };
  const isOpen = window.closedAtMs === undefined && isToCome(record, context.now());
  return isOpen ? { window, person, record } : { page: tooLate };
}

function isToCome({ closedAtMs, undoing, plan }: CaseRecord, nowMs: number): boolean {
  return closedAtMs === undefined && undoing !== true && plan.leaveAtMs > nowMs;
}

async function confirm(context: ApiContext, window: LeaverWindow): Promise<Page> {
  const { leaverWindows, audit } = context.repositories;
  const after = await leaverWindows.confirm(window, context.now());
  if (after?.confirmedAtMs === undefined) return tooLate;
  const { orgId, personId, caseId } = window;
  await audit.append({
    id: auditId(orgId, 'departure.leaverConfirmed', caseId),
    ...{ orgId, caseId, personId, actorId: personId, atMs: after.confirmedAtMs },
    action: 'departure.leaverConfirmed',
    detail: {},
  });
  return thanks;
}

function form({ calendar }: ApiContext, { person, record }: Found): Page {
  const { leaveAtMs, timeZone } = record.plan;
  const { date, time } = calendar.localOf(leaveAtMs, timeZone);
  const closes = `${date} at ${time} (${timeZone})`;
  return {
    status: 200,
    title: 'Your private mail',
    content: [
      paragraph(`The account of ${fullNameOf(person)}, ${person.address}, will be closed on ${closes}.`),
      paragraph('What is in the mailbox by then is archived. Take private mail out before, or delete it.'),
      '<form method="post">',
      '<button type="submit">My private mail is out of the mailbox</button>',
      '</form>',
    ].join('\n'),
  };
}

const unknown: Page = {
  status: 404,
  title: 'There is no such link',
  content: paragraph('Check that you opened the whole address.'),
};
const thanks: Page = {
  status: 200,
  title: 'Thank you',
  content: paragraph('You confirmed that your private mail is out of the mailbox. You can close this page.'),
};
const tooLate: Page = {
  status: 410,
  title: 'There is nothing to confirm any more',
  content: paragraph('The account is closed, or the departure was called off.'),
};
