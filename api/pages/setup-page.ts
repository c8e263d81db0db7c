import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { PASSWORD_LENGTH } from '../../shared/domain/password/password-policy.ts';
import type { SetupLink, SetupLinkState } from '../../shared/domain/setup-link.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { problemKindOf } from '../http/problem.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { passwordProblem } from '../people/credentials/check-password.ts';
import { findSetupLink } from '../people/credentials/find-setup-link.ts';
import { proveSignIn } from '../people/credentials/prove-sign-in.ts';
import { setPasswords } from '../people/set-passwords.ts';
import { errorParagraph, paragraph, type Page } from './page.ts';
import { pageHandlers, type LinkPage } from './page-handlers.ts';
import { passwordForm, setupOperations } from './setup-operations.ts';

const TITLE = 'Set your password';
const RULE = `At least ${PASSWORD_LENGTH.shortest} characters; your names and addresses do not count. A sentence that only you would say is a good one.`;

/** Where a person sets the password of their accounts, once for each link. */
export function setupRoutes(context: ApiContext): readonly OpenRoute[] {
  const { show, submit } = pageHandlers(context, setupPage(context));
  return openRoutesOf(setupOperations, { showSetupPage: show, setPassword: submit });
}

export function setupPage(context: ApiContext) {
  return {
    async show(token: string) {
      const found = await open(context, token);
      return 'page' in found ? found.page : form(found.person);
    },
    async submit(token: string, fields: unknown) {
      const found = await open(context, token);
      if ('page' in found) return found.page;
      const { link, person } = found;
      const entered = passwordForm.safeParse(fields);
      if (!entered.success) return form(person, 'Fill in both fields.');
      const { password, repeated } = entered.data;
      if (password !== repeated) return form(person, 'The two passwords are not the same.');
      const problem = passwordProblem(password, person, await organisationOf(context, person.orgId));
      if (problem !== undefined)
        return form(person, `This password cannot be used. ${problemKindOf(problem).sentence}`);
      return use(context, link, person, password);
    },
  } satisfies LinkPage;
}

/** The link and whose it is, or the page that says why it is of no use. */
async function open(
  context: ApiContext,
  token: string,
): Promise<{ readonly link: SetupLink; readonly person: Person } | { readonly page: Page }> {
  const found = await findSetupLink(context, token);
  if (found.state === 'open') return found;
  return { page: found.state === 'unknown' ? unknown : GONE[found.state] };
}

/** The link is used up first, so that two at once set one password. It is open again where the accounts did not answer. */
async function use(context: ApiContext, link: SetupLink, person: Person, password: string): Promise<Page> {
  const { setupLinks, audit } = context.repositories;
  const used = await setupLinks.use(link, context.now());
  if (used === undefined) return GONE.used;
  let standing: 'open' | 'closed';
  try {
    await setPasswords(context, person, password, `setup:${link.id}`);
    standing = await proveSignIn(context, person, password);
  } catch (error) {
    await setupLinks.giveBack(used);
    throw error;
  }
  await audit.append({
    id: auditId(link.orgId, 'setupLink.used', link.id),
    ...{ orgId: link.orgId, personId: person.id, actorId: person.id, atMs: context.now() },
    ...(link.caseId === undefined ? {} : { caseId: link.caseId }),
    action: 'setupLink.used',
    detail: {},
  });
  return {
    status: 200,
    title: 'Your password is set',
    content: paragraph(`${SIGN_IN[standing](person.address)} This link is used up.`),
  };
}

const SIGN_IN = {
  open: (address: string) => `You can sign in now as ${address}.`,
  closed: (address: string) => `You can sign in as ${address} once the account is opened.`,
} as const;

function form(person: Person, error?: string): Page {
  return {
    status: error === undefined ? 200 : 422,
    title: TITLE,
    content: [
      ...(error === undefined ? [] : [errorParagraph(error)]),
      paragraph(`For the account of ${fullNameOf(person)}, ${person.address}.`),
      '<form method="post">',
      '<label for="password">New password</label>',
      `<input id="password" name="password" type="password" autocomplete="new-password" minlength="${PASSWORD_LENGTH.shortest}" required aria-describedby="rule">`,
      `<p id="rule">${RULE}</p>`,
      '<label for="repeated">The same again</label>',
      `<input id="repeated" name="repeated" type="password" autocomplete="new-password" minlength="${PASSWORD_LENGTH.shortest}" required>`,
      '<button type="submit">Set password</button>',
      '</form>',
    ].join('\n'),
  };
}

const unknown: Page = {
  status: 404,
  title: 'There is no such link',
  content: paragraph('Check that you opened the whole address, or ask your administrator for a new link.'),
};

function gone(title: string, text: string): Page {
  return { status: 410, title, content: paragraph(`${text} Ask your administrator for a new one.`) };
}

const GONE: Readonly<Record<Exclude<SetupLinkState, 'open'>, Page>> = {
  used: gone('This link was used', 'A setup link works once.'),
  void: gone('This link is no longer valid', 'A newer link took its place, or the account is closed.'),
  expired: gone('This link has expired', 'A setup link works for 72 hours.'),
};
