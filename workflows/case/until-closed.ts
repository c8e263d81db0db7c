import type { CaseResult } from '../../shared/contract/case.ts';
import type { OpenCase } from './carry-out.ts';

/** What every procedure does: whatever its plan asks for, at its time, until nothing is left of it. */
export async function untilClosed(theCase: OpenCase): Promise<CaseResult> {
  while (theCase.isOpen()) {
    const work = theCase.work();
    theCase.startSteps(work);
    theCase.tellPeople(work);
    await theCase.somethingHappens(work);
    await theCase.renewLongHistory();
  }
  return theCase.close();
}
