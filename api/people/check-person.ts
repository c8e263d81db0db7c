import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { managerOf } from './check-manager.ts';

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
  if (typeof managerId === 'string') await managerOf(context, orgId, managerId, personId);
}
