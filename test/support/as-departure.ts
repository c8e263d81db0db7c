import { isOfKind, type CaseOf, type CaseRecord } from '../../shared/domain/case-record.ts';

/** A case that the test knows to be a departure. */
export function asDeparture(record: CaseRecord | undefined): CaseOf<'departure'> {
  if (record === undefined || !isOfKind(record, 'departure')) throw new Error('this is no departure');
  return record;
}
