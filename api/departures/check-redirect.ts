import type { CountryPreset } from '../../shared/domain/country-presets.ts';
import type { RedirectRequest } from '../../shared/domain/departure.ts';
import { addressClaimId } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import { isGoing } from '../../shared/platform/people/is-going.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { assertWithinPreset } from './check-preset.ts';
import { hasActiveAccount } from './choose-contact.ts';
import type { RedirectFields } from './departure-fields.ts';

export interface RedirectSubject {
  readonly person: Person;
  readonly organisation: Organisation;
  readonly preset: CountryPreset;
  /** Local dates: the leave day, and the day on which the account is deleted at the earliest. */
  readonly leaveDate: string;
  readonly deletionDate: string;
}

/** Off unless asked for. Throws where the country, the place it leads to, or its end does not allow it. */
export async function redirectOf(
  context: ApiContext,
  wanted: RedirectFields | undefined,
  of: RedirectSubject,
): Promise<RedirectRequest | undefined> {
  if (wanted === undefined) return undefined;
  const { reason, keepCopy, outliveAccount } = wanted;
  assertWithinPreset(of.preset, 'redirect', wanted.days);
  const days = wanted.days ?? of.preset.redirect.days;
  if (outliveAccount) assertOutlives(context, days, of);
  const heir = await heirOf(context, wanted, of);
  return { ...heir, reason, keepCopy, days, outliveAccount };
}

/** A person, or an address; an address of a person of ours is that person. */
async function heirOf(
  context: ApiContext,
  { toPersonId, toAddress }: RedirectFields,
  { person, organisation }: RedirectSubject,
): Promise<Pick<RedirectRequest, 'to' | 'toPersonId' | 'outside'>> {
  const { claims, people } = context.repositories;
  if ((toPersonId === undefined) === (toAddress === undefined))
    throw new Problem('REDIRECT_TO_ONE', { field: '/redirect' });
  if (toPersonId !== undefined) {
    const heir = await activeHeir(context, person, toPersonId, '/redirect/toPersonId');
    return { to: heir.address, toPersonId, outside: false };
  }
  const [to, field] = [toAddress ?? '', '/redirect/toAddress'];
  if (!organisation.domains.includes(to.slice(to.lastIndexOf('@') + 1))) return { to, outside: true };
  const holderId = (await claims.get(addressClaimId(person.orgId, to), person.orgId))?.holderId;
  const holder = holderId === undefined ? undefined : await people.get(person.orgId, holderId);
  if (holder !== undefined) {
    const heir = await activeHeir(context, person, holder.id, field);
    return { to, toPersonId: heir.id, outside: false };
  }
  const account = await context.directory.findByAddress(person.orgId, to);
  if (account?.status !== 'active') throw new Problem('REDIRECT_NOWHERE', { field });
  return { to, outside: false };
}

/** Mail never goes to the leaver, to somebody who leaves as well, or to an account nobody can open. */
async function activeHeir(
  context: ApiContext,
  leaver: Person,
  personId: string,
  field: string,
): Promise<Person> {
  const { people } = context.repositories;
  if (personId === leaver.id) throw new Problem('REDIRECT_TO_LEAVER', { field });
  const heir = await people.get(leaver.orgId, personId);
  if (heir === undefined) throw new Problem('REDIRECT_NOWHERE', { field });
  const goes = await isGoing(context.repositories, leaver.orgId, personId);
  if (heir.status !== 'active' || goes || !(await hasActiveAccount(context, heir)))
    throw new Problem('REDIRECT_INACTIVE', { field });
  return heir;
}

/** It must reach beyond the deletion, and end before somebody else may get the address. */
function assertOutlives(
  { calendar }: Pick<ApiContext, 'calendar'>,
  days: number,
  { organisation, leaveDate, deletionDate }: RedirectSubject,
): void {
  const endDate = calendar.addDays(leaveDate, days);
  // A month has at least 28 days: a quarantine can only end later than this.
  const latest = calendar.addDays(deletionDate, organisation.quarantineMonths * 28);
  if (endDate <= deletionDate)
    throw new Problem('REDIRECT_ENDS_EARLY', { field: '/redirect/days', members: { deletionDate, endDate } });
  if (endDate > latest)
    throw new Problem('REDIRECT_BEYOND_QUARANTINE', {
      field: '/redirect/days',
      members: { latest, endDate },
    });
}
