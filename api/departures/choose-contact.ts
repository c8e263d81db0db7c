import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import type { DepartureFields } from './departure-fields.ts';

/** Somebody who can be written to: not departed, with an account that is not disabled. */
export async function hasActiveAccount(context: ApiContext, person: Person): Promise<boolean> {
  if (person.status === 'departed') return false;
  for (const { target, accountId } of person.accounts) {
    const directory = context.directories[target];
    // Other targets are not asked from here; their steps check again before they act.
    if (directory === undefined) return true;
    const account = await directory.getAccount(person.orgId, accountId);
    if (account?.status === 'active') return true;
  }
  return false;
}

/** The successor, where one is named. Throws `SUCCESSOR_IS_LEAVER` or `SUCCESSOR_UNKNOWN`. */
export async function successorOf(
  context: ApiContext,
  leaver: Person,
  successorId: string | undefined,
): Promise<Person | undefined> {
  if (successorId === undefined) return undefined;
  if (successorId === leaver.id) throw new Problem('SUCCESSOR_IS_LEAVER', { field: '/successorId' });
  const successor = await context.repositories.people.get(leaver.orgId, successorId);
  if (successor === undefined) throw new Problem('SUCCESSOR_UNKNOWN', { field: '/successorId' });
  return successor;
}

/** The named contact must be able to answer; without one it is the successor, then the manager, whoever has an active account. */
export async function contactOf(
  context: ApiContext,
  leaver: Person,
  wanted: Pick<DepartureFields, 'contactPersonId'>,
  successor: Person | undefined,
): Promise<Person | undefined> {
  const { people } = context.repositories;
  if (wanted.contactPersonId !== undefined) {
    const field = '/contactPersonId';
    if (wanted.contactPersonId === leaver.id) throw new Problem('CONTACT_IS_LEAVER', { field });
    const contact = await people.get(leaver.orgId, wanted.contactPersonId);
    if (contact === undefined) throw new Problem('CONTACT_UNKNOWN', { field });
    if (!(await hasActiveAccount(context, contact))) throw new Problem('CONTACT_INACTIVE', { field });
    return contact;
  }
  const manager =
    leaver.managerId === undefined ? undefined : await people.get(leaver.orgId, leaver.managerId);
  for (const candidate of [successor, manager]) {
    if (candidate !== undefined && candidate.id !== leaver.id && (await hasActiveAccount(context, candidate)))
      return candidate;
  }
  return undefined;
}
