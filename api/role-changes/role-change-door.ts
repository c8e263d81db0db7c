import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import type { CaseDoor } from '../cases/case-door.ts';

/** `/v1/role-changes` */
export const ROLE_CHANGES: CaseDoor<CaseOf<'role_change'>> = {
  finds: (record) => isOfKind(record, 'role_change'),
  notFound: 'CASE_NOT_FOUND',
  idMember: 'caseId',
};
