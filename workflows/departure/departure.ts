import type { CaseInput, CaseResult } from '../../shared/contract/case.ts';
import { carryOut } from '../case/carry-out.ts';

/**
 * A departure, from notice to purge, over weeks or months. It ends `completed` only when every step of its plan was proven;
 * a step that cannot be proven waits for a person, and nothing is deleted before the gate was opened by somebody other than
 * the requester.
 */
export async function departure(input: CaseInput): Promise<CaseResult> {
  const theCase = carryOut(input);
  while (theCase.isOpen()) {
    const work = theCase.work();
    theCase.startSteps(work);
    theCase.tellPeople(work);
    await theCase.somethingHappens(work);
    await theCase.renewLongHistory();
  }
  return theCase.close();
}
