import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import { placesLeft } from '../../organisation/guard-limits.ts';
import type { Scene } from './scene.ts';

/**
 * A dry run takes no place of the guard: it says of which departures the guard would hold, as it stands now. `before`: what the rows came
 * to that were taken in last and are not counted yet.
 */
export async function foretellGuard(
  { context, organisation, theImport, mode }: Scene,
  results: readonly RowResult[],
  before: readonly RowResult[] = [],
): Promise<readonly RowResult[]> {
  if (mode === 'run' || !results.some(isDeparture)) return results;
  let asked = (theImport.dryRun?.counts.departures ?? 0) + before.filter(isDeparture).length;
  const places = await placesLeft(context, organisation);
  return results.map((result) => {
    if (!isDeparture(result)) return result;
    asked += 1;
    const { warnings = [] } = result;
    return asked <= places ? result : { ...result, warnings: [...warnings, { code: 'GUARD_HELD' }] };
  });
}

function isDeparture({ status }: RowResult): boolean {
  return status === 'departure_requested';
}
