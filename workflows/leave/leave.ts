import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';
import { untilClosed } from '../case/until-closed.ts';

/**
 * Somebody is away for a while, or an account is suspicious: locked until the day of the return, or until somebody ends it, and
 * then open again as it was before.
 */
export function leave(input: CaseInput): Promise<CaseResult> {
  return untilClosed(carryOut(input));
}
