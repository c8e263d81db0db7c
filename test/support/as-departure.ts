import { isOfKind, type CaseOf, type CaseRecord } from '../../shared/domain/case-record.ts';

/** A case that the test knows to be a departure. */
export function asDeparture(record: CaseRecord | undefined): CaseOf<'departure'> {
  if (record === undefined || !isOfKind(record, 'departure')) throw new Error('this is no departure');
  return record;
}

/** A case that the test knows to be a deletion. */
export function asDeletion(record: CaseRecord | undefined): CaseOf<'deletion'> {
  if (record === undefined || !isOfKind(record, 'deletion')) throw new Error('this is no deletion');
  return record;
}
