import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';
import { untilClosed } from '../case/until-closed.ts';

/**
 * An account goes for good: locked at once, what is in it handed over and archived, and deleted when the gate was opened by a
 * second person and the grace is over. Until then everything can be had back.
 */
export function deletion(input: CaseInput): Promise<CaseResult> {
  return untilClosed(carryOut(input));
}
