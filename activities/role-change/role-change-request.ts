import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** What was asked for, of a role change. */
export function roleChangeRequestOf(theCase: CaseRecord): RoleChangeRequest {
  if (!isOfKind(theCase, 'role_change')) throw new StepFailed('CASE_OUTDATED');
  return theCase.request;
}
