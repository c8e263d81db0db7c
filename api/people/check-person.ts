import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

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
