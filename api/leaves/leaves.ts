import { isOfKind, type CaseOf, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { CaseDoor } from '../cases/case-door.ts';
import { Problem } from '../http/problem.ts';

/** `/v1/leaves` */
export const LEAVES: CaseDoor<CaseOf<'leave'>> = {
  finds: (record) => isOfKind(record, 'leave'),
  notFound: 'CASE_NOT_FOUND',
  idMember: 'caseId',
};

/** Its days can be moved, or it can be ended, until the account is being opened again or everything is put back. */
export function assertNotEnding(
  { plan, closedAtMs, undoing }: CaseRecord,
  startedKeys: ReadonlySet<string>,
): void {
  if (closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
  if (undoing === true) throw new Problem('ALREADY_UNDOING');
  const opens = plan.steps.some(({ kind, key }) => kind === 'enableAccount' && startedKeys.has(key));
  if (opens) throw new Problem('LEAVE_ENDING');
}
