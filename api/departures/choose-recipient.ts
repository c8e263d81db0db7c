import { recipientIdOf, type Handover, type RecipientRule } from '../../shared/domain/handover.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

interface RuleBasis {
  readonly person: Pick<Person, 'managerId'>;
  readonly organisation: Pick<Organisation, 'fallbackRecipientId'>;
  readonly successorId?: string | undefined;
}

type OfDeparture = RuleBasis & { readonly person: Person };

/** Whoever the rule means now. */
export function recipientByRule(
  { person, organisation, successorId }: RuleBasis,
  handover: Pick<Handover, 'recipient' | 'recipientId'>,
): string | undefined {
  const { managerId } = person;
  const { fallbackRecipientId } = organisation;
  return recipientIdOf(handover, {
    ...(successorId === undefined ? {} : { successorId }),
    ...(managerId === undefined ? {} : { managerId }),
    ...(fallbackRecipientId === undefined ? {} : { fallbackRecipientId }),
  });
}

/** The named one must be able to receive; without one it is the successor, the manager, the fallback, whoever can. */
export async function chooseRecipient(
  context: ApiContext,
  of: OfDeparture,
  wantedId: string | undefined,
): Promise<Pick<Handover, 'recipient' | 'recipientId'>> {
  if (wantedId !== undefined) {
    await assertRecipient(context, of.person, wantedId, '/handover/recipientId');
    return { recipient: 'named', recipientId: wantedId };
  }
  const rules: readonly RecipientRule[] = ['successor', 'manager', 'fallback'];
  for (const recipient of rules) {
    const id = recipientByRule(of, { recipient });
    const candidate =
      id === undefined ? undefined : await context.repositories.people.get(of.person.orgId, id);
    if (candidate !== undefined && (await mayReceive(context, of.person, candidate))) return { recipient };
  }
  return { recipient: 'ask' };
}

/** Throws `RECIPIENT_UNKNOWN`, `RECIPIENT_IS_LEAVER` or `RECIPIENT_INACTIVE`. */
export async function assertRecipient(
  context: ApiContext,
  leaver: Person,
  personId: string,
  field: string,
): Promise<void> {
  if (personId === leaver.id) throw new Problem('RECIPIENT_IS_LEAVER', { field });
  const person = await context.repositories.people.get(leaver.orgId, personId);
  if (person === undefined) throw new Problem('RECIPIENT_UNKNOWN', { field });
  if (!(await mayReceive(context, leaver, person))) throw new Problem('RECIPIENT_INACTIVE', { field });
}

/** Stays, and has an account that is not disabled. Targets that are not asked from here are asked by the steps. */
async function mayReceive(context: ApiContext, leaver: Person, person: Person): Promise<boolean> {
  if (person.id === leaver.id || person.status !== 'active') return false;
  for (const { target, accountId } of person.accounts) {
    const directory = context.directories[target];
    if (directory === undefined) return true;
    if ((await directory.getAccount(person.orgId, accountId))?.status === 'active') return true;
  }
  return false;
}
