import { randomBytes } from 'node:crypto';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import type { PasswordOwner } from '../../../shared/domain/password/known-words.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { welcomeIdOf, type Welcome } from '../../../shared/domain/welcome/welcome.ts';
import { generatePassword } from '../../../shared/platform/passwords/generate-password.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Answer } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';
import { newSetupLink, shownLink } from '../setup-link.ts';
import { askForWelcome, welcomeAddress } from './ask-for-welcome.ts';
import { assertPassword } from './check-password.ts';
import type { WantedCredentials } from './credentials-fields.ts';
import { proveSignIn } from './prove-sign-in.ts';
import { welcomeView } from './welcome-view.ts';

const UNKNOWN_BYTES = 32;

/** Refuses what could not be carried out, before anything is written. */
export function assertCredentials(
  wanted: WantedCredentials,
  person: PasswordOwner & { readonly privateContact?: string | undefined },
  organisation: Organisation,
): void {
  if (wanted.kind === 'welcome_mail') welcomeAddress(wanted.to, person, '/credentials/to');
  if (wanted.kind === 'manual' && wanted.given !== undefined)
    assertPassword(wanted.given.password, person, organisation, wanted.given.field);
}

/** The password a new account begins with: the one that is given or shown, else one that nobody ever knows. */
export function firstPassword(wanted: WantedCredentials): string {
  if (wanted.kind === 'manual') return wanted.given?.password ?? generatePassword();
  return randomBytes(UNKNOWN_BYTES).toString('base64url');
}

/** Whether the answer shows a secret: of two attempts at once, one would be shown in vain. */
export function showsSecret(wanted: WantedCredentials): boolean {
  return wanted.kind === 'setup_link' || (wanted.kind === 'manual' && wanted.given === undefined);
}

/** What an earlier attempt of the same request came to: its mail may have gone, and the person be in already. */
export async function earlierWelcome(
  { repositories }: ApiContext,
  wanted: WantedCredentials,
  { orgId, id }: Pick<Person, 'orgId' | 'id'>,
): Promise<Welcome | undefined> {
  return wanted.kind === 'welcome_mail' ? repositories.welcomes.get(orgId, welcomeIdOf(id)) : undefined;
}

/** What the answer to a creation says of how the person gets in. Nothing of it is said before it was proven. */
export async function giveCredentials(
  context: ApiContext,
  person: Person,
  wanted: WantedCredentials,
  first: { readonly password: string; readonly welcome: Welcome | undefined; readonly actorId: string },
) {
  const { password, actorId } = first;
  if (wanted.kind === 'setup_link') {
    const link = shownLink(await newSetupLink(context, person, actorId));
    return { credentials: { kind: wanted.kind, provenBy: 'open_link', ...link } };
  }
  if (first.welcome === undefined && (await proveSignIn(context, person, password)) !== 'open')
    throw new Problem('CREDENTIALS_UNPROVEN', { members: { personId: person.id } });
  const credentials = { kind: wanted.kind, provenBy: 'sign_in' };
  if (wanted.kind === 'manual')
    return { credentials, ...(wanted.given === undefined ? { generatedPassword: password } : {}) };
  const to = welcomeAddress(wanted.to, person, '/credentials/to');
  const welcome = first.welcome ?? (await askForWelcome(context, person, { ...wanted, to }, actorId));
  return { credentials, welcome: welcomeView(welcome) };
}

/** What is kept of such an answer for a request that is repeated. */
export function withoutSecrets(answer: Answer): Answer {
  const { generatedPassword: _password, credentials, ...body } = answer.body as Record<string, unknown>;
  const { setupLink: _link, ...kept } = credentials as Record<string, unknown>;
  return { ...answer, body: { ...body, credentials: kept } };
}
