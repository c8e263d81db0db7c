import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';
import { untilClosed } from '../case/until-closed.ts';

/**
 * Somebody changes roles: what the new one needs is there on the date, and what only the old one needed is gone once the overlap
 * is over.
 */
export function roleChange(input: CaseInput): Promise<CaseResult> {
  return untilClosed(carryOut(input));
}
