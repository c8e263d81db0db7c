import { isOfKind, type CaseOf, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem, type ProblemCode } from '../http/problem.ts';

/** A part of the API under which cases are found: those of every kind, or of one. */
export interface CaseDoor<Of extends CaseRecord = CaseRecord> {
  readonly finds: (record: CaseRecord) => record is Of;
  readonly notFound: ProblemCode;
  /** The member of an answer that names the case. */
  readonly idMember: 'departureId' | 'caseId';
}

/** `/v1/cases`: whatever the kind. */
export const ANY_CASE: CaseDoor = {
  finds: (record): record is CaseRecord => record.id !== '',
  notFound: 'CASE_NOT_FOUND',
  idMember: 'caseId',
};

/** `/v1/departures` */
export const DEPARTURES: CaseDoor<CaseOf<'departure'>> = {
  finds: (record) => isOfKind(record, 'departure'),
  notFound: 'DEPARTURE_NOT_FOUND',
  idMember: 'departureId',
};

/** `/v1/deletions`: what a deletion has beyond other cases. */
export const DELETIONS: CaseDoor<CaseOf<'deletion'>> = {
  finds: (record) => isOfKind(record, 'deletion'),
  notFound: 'DELETION_NOT_FOUND',
  idMember: 'caseId',
};

/** `/v1/onboardings`, where they are moved. */
export const ONBOARDINGS: CaseDoor<CaseOf<'onboarding'>> = {
  finds: (record) => isOfKind(record, 'onboarding'),
  notFound: 'CASE_NOT_FOUND',
  idMember: 'caseId',
};

/** The case of an address, or the problem of this door. */
export async function caseBehind<Of extends CaseRecord>(
  door: CaseDoor<Of>,
  context: Pick<ApiContext, 'repositories'>,
  orgId: string,
  id: string,
): Promise<Of> {
  const record = await context.repositories.cases.get(orgId, id);
  if (record === undefined || !door.finds(record)) throw new Problem(door.notFound);
  return record;
}
