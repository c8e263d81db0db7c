import { localPartOf } from '../../shared/domain/naming/address-limits.ts';
import type { Names } from '../../shared/domain/naming/latin-names.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

const PASSWORD_LENGTH = { shortest: 12, longest: 200 } as const;

interface Refers {
  readonly managerId?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
}

/** What a person's fields refer to exists. `personId`: of the one that is changed. */
export async function assertReferences(
  context: ApiContext,
  orgId: string,
  wanted: Refers,
  personId?: string,
): Promise<void> {
  const { managerId, timeZone } = wanted;
  if (typeof timeZone === 'string' && !context.calendar.isZone(timeZone))
    throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  if (typeof managerId !== 'string') return;
  if (managerId === personId) throw new Problem('MANAGER_IS_SELF', { field: '/managerId' });
  const manager = await context.repositories.people.get(orgId, managerId);
  if (manager === undefined) throw new Problem('MANAGER_UNKNOWN', { field: '/managerId' });
}

/** Long enough, and not what somebody who knows the person would try. */
export function assertPassword(
  password: string,
  person: Names & { readonly address?: string | undefined },
): void {
  const lower = password.toLowerCase();
  const obvious = [person.firstName, person.lastName, localPartOf(person.address ?? '')];
  const weak =
    password.length < PASSWORD_LENGTH.shortest ||
    password.length > PASSWORD_LENGTH.longest ||
    obvious.some((word) => word.length >= 3 && lower.includes(word.toLowerCase()));
  if (weak) throw new Problem('PASSWORD_TOO_WEAK', { field: '/password' });
}
