import type { Person } from '../../../shared/domain/person.ts';
import { welcomeIdOf, type Welcome } from '../../../shared/domain/welcome/welcome.ts';
import type { ApiContext } from '../../api-context.ts';
import { addressField } from '../../http/fields.ts';
import { Problem } from '../../http/problem.ts';
import type { WelcomeRequest } from './credentials-fields.ts';
import { sendWelcome } from './send-welcome.ts';

/** Where a welcome goes: to the address that is named, else to the private contact where it is one; never into the new mailbox. */
export function welcomeAddress(
  to: string | undefined,
  person: { readonly [K in 'address' | 'aliases' | 'privateContact']?: Person[K] | undefined },
  field: string,
): string {
  const contact = addressField.safeParse(person.privateContact);
  const found = to ?? (contact.success ? contact.data : undefined);
  const own = [person.address, ...(person.aliases ?? [])];
  if (found === undefined || own.includes(found)) throw new Problem('WELCOME_NOWHERE', { field });
  return found;
}

/** Puts a welcome where it is found until it is sent, and tries at once. What was asked for before gives way to it. */
export async function askForWelcome(
  context: ApiContext,
  person: Person,
  wanted: WelcomeRequest & { readonly to: string },
  requestedBy: string,
): Promise<Welcome> {
  const { welcomes } = context.repositories;
  const { to, includePassword, locale } = wanted;
  const { orgId, id: personId } = person;
  const nowMs = context.now();
  const asked = {
    ...{ requestedBy, requestedAtMs: nowMs, to, includePassword, dueAtMs: nowMs, attempts: 0 },
    state: 'queued',
  } as const;
  const id = welcomeIdOf(personId);
  const first: Welcome = {
    ...{ id, orgId, personId, rev: 0, ...asked },
    ...(locale === undefined ? {} : { locale }),
  };
  if ((await welcomes.insert(first)) === 'inserted') return tryAtOnce(context, first);
  const earlier = await welcomes.get(orgId, id);
  const gone = { error: undefined, cancelledBecause: undefined, sentAtMs: undefined, acceptedBy: undefined };
  const queued = earlier && (await welcomes.update(earlier, { ...asked, ...gone, locale }));
  if (queued === undefined) throw new Problem('CONCURRENT_CHANGE');
  return tryAtOnce(context, queued);
}

/** What goes wrong is told by the state of the welcome: it is tried again. */
async function tryAtOnce(context: ApiContext, queued: Welcome): Promise<Welcome> {
  const { personId, orgId, id } = queued;
  await sendWelcome(context, queued).catch((error: unknown) =>
    context.logger.warn({ err: error, personId }, 'a welcome mail could not be made'),
  );
  return (await context.repositories.welcomes.get(orgId, id)) ?? queued;
}
