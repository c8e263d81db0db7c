import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';
import { untilClosed } from '../case/until-closed.ts';

/**
 * Somebody comes: the account is made in time and stays closed until the first day; then it opens, and its way in is proven. Called
 * off, whatever was made is taken away again, newest first.
 */
export function onboarding(input: CaseInput): Promise<CaseResult> {
  return untilClosed(carryOut(input));
}
