import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';
import { untilClosed } from '../case/until-closed.ts';

/**
 * A departure, from notice to purge, over weeks or months. It ends `completed` only when every step of its plan was proven;
 * a step that cannot be proven waits for a person, and nothing is deleted before the gate was opened by somebody other than
 * the requester.
 */
export function departure(input: CaseInput): Promise<CaseResult> {
  return untilClosed(carryOut(input));
}
