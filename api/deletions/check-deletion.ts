import type { ApiContext } from '../api-context.ts';
import { assertTypedName } from '../cases/typed-name.ts';
import { checkDeparture, type CheckedDeparture } from '../departures/check-departure.ts';
import { asLeaving, type DeletionFields } from './deletion-fields.ts';

/** Everything that can be wrong with a deletion, before anything is written. Throws a `Problem` that names the field. */
export async function checkDeletion(
  context: ApiContext,
  orgId: string,
  wanted: DeletionFields,
): Promise<CheckedDeparture> {
  const checked = await checkDeparture(context, orgId, asLeaving(wanted), 'deletion');
  assertTypedName(checked.person, wanted);
  return checked;
}
