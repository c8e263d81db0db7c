import type { ApiContext } from '../api-context.ts';
import { assertTypedName } from '../cases/typed-name.ts';
import { checkDeparture, type CheckedDeparture } from '../departures/check-departure.ts';
import type { Acting } from '../http/call.ts';
import { asLeaving, type DeletionFields } from './deletion-fields.ts';

/** Everything that can be wrong with a deletion, before anything is written. Throws a `Problem` that names the field. */
export async function checkDeletion(
  context: ApiContext,
  call: Acting,
  wanted: DeletionFields,
  action: 'requestDeletion' | 'simulateDeletion',
): Promise<CheckedDeparture> {
  const checked = await checkDeparture(context, call, asLeaving(wanted), action);
  assertTypedName(checked.person, wanted);
  return checked;
}
