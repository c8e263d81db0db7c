import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { DepartureRequest } from '../../shared/domain/departure.ts';
import { StepFailed } from './step-failure.ts';

/** What was asked for, of a case by which somebody goes. */
export function leavingRequestOf(theCase: CaseRecord): DepartureRequest {
  if (!isOfKind(theCase, 'departure', 'deletion')) throw new StepFailed('CASE_OUTDATED');
  return theCase.request;
}
