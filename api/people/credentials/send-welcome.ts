import type { Person } from '../../../shared/domain/person.ts';
import { afterFailure, type Welcome } from '../../../shared/domain/welcome/welcome.ts';
import { welcomeMail } from '../../../shared/domain/welcome/welcome-mail.ts';
import { MailNotSent, type MailReceipt } from '../../../shared/platform/mail/mail.ts';
import { generatePassword } from '../../../shared/platform/passwords/generate-password.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { setPasswords } from '../set-passwords.ts';
import { newSetupLink } from '../setup-link.ts';
import { hasAccessSince } from './has-access.ts';
import { proveSignIn } from './prove-sign-in.ts';

/** Longer than an attempt takes: whoever died with one leaves it to the next. */
const ATTEMPT_MS = 2 * 60_000;

/**
 * Tries once to send a queued welcome. Link and password are new with every attempt and in the mail only; both are proven
 * before it goes. A mail that cannot be sent leaves the welcome queued, and the account as it is. Of several who try at
 * once one does. Gives the welcome as it stands; `undefined` where somebody else has it.
 */
export async function sendWelcome(context: ApiContext, queued: Welcome): Promise<Welcome | undefined> {
  const { welcomes, people } = context.repositories;
  const attempts = queued.attempts + 1;
  const welcome = await welcomes.update(queued, { attempts, dueAtMs: context.now() + ATTEMPT_MS });
  if (welcome === undefined) return undefined;
  const person = await people.get(welcome.orgId, welcome.personId);
  if (person?.status !== 'active' || person.accounts.length === 0)
    return welcomes.update(welcome, { state: 'cancelled', cancelledBecause: 'not_active' });
  // Whoever got in since the mail was asked for needs none: a new password would lock them out.
  if (await hasAccessSince(context, person, welcome.requestedAtMs))
    return welcomes.update(welcome, { state: 'cancelled', cancelledBecause: 'has_access' });
  try {
    return await finish(context, welcome, await send(context, welcome, person));
  } catch (error) {
    if (!(error instanceof MailNotSent)) throw error;
    const next = afterFailure(welcome, context.now());
    const { personId } = welcome;
    if (next.state === 'parked')
      context.logger.error({ personId }, 'a welcome mail is not tried any more: ask for it again');
    return welcomes.update(welcome, { ...next, error: error.message });
  }
}

async function send(context: ApiContext, welcome: Welcome, person: Person): Promise<MailReceipt> {
  const { id, rev, orgId, to, locale, includePassword, requestedBy } = welcome;
  const organisation = await organisationOf(context, orgId);
  const attempt = `welcome:${id}:${rev}`;
  const password = includePassword ? generatePassword() : undefined;
  if (password !== undefined) {
    await setPasswords(context, person, password, attempt);
    await proveSignIn(context, person, password);
  }
  const { link, expiresAtMs } = await newSetupLink(context, person, requestedBy);
  const mail = welcomeMail({ person, organisation, locale, link, expiresAtMs, password });
  return context.notifier.send({ id: attempt, to: [to], ...mail });
}

async function finish(
  context: ApiContext,
  welcome: Welcome,
  { acceptedBy }: MailReceipt,
): Promise<Welcome | undefined> {
  const { id, orgId, personId, requestedBy, requestedAtMs } = welcome;
  const sentAtMs = context.now();
  // The entry first: whoever finds the welcome sent does not come here again.
  await context.repositories.audit.append({
    id: auditId(orgId, 'welcome.sent', id, String(requestedAtMs)),
    ...{ orgId, personId, actorId: requestedBy, atMs: sentAtMs, action: 'welcome.sent' },
    detail: { attempts: welcome.attempts },
  });
  return context.repositories.welcomes.update(welcome, {
    ...{ state: 'sent', sentAtMs, acceptedBy, error: undefined },
  });
}
