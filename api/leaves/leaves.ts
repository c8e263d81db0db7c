import { isOfKind, type CaseOf, type CaseRecord } from '../../shared/domain/case-record.ts';
import { whyNotMoved } from '../../shared/domain/leave-end.ts';
import type { CaseDoor } from '../cases/case-door.ts';
import { Problem } from '../http/problem.ts';

/** `/v1/leaves` */
export const LEAVES: CaseDoor<CaseOf<'leave'>> = {
  finds: (record) => isOfKind(record, 'leave'),
  notFound: 'CASE_NOT_FOUND',
  idMember: 'caseId',
};

/** Its days can be moved until the account is being opened again or everything is put back. */
export function assertNotEnding(record: CaseRecord, startedKeys: ReadonlySet<string>): void {
  const refused = whyNotMoved(record, startedKeys);
  if (refused !== undefined) throw new Problem(refused);
}
