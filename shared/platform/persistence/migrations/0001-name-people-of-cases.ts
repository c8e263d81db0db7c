import { peopleNamedBy } from '../../../domain/reference.ts';
import { openCases, type CaseDocument } from '../case-collection.ts';
import type { Collection } from '../collection.ts';
import { changeEach } from './change-each.ts';
import type { Migration } from './migration.ts';

/** 0.1.0 looked nobody up by the cases that name them, and wrote no such list. */
export const namePeopleOfCases: Migration = {
  id: '0001-name-people-of-cases',
  description: 'Every case lists the people its request names, so that their own departure finds it.',
  changePage({ connection }, after) {
    const cases = openCases(connection);
    return changeEach(cases, after, (found) => nameThem(cases, found));
  },
};

type OlderCase = Omit<CaseDocument, 'namedIds'> & Partial<Pick<CaseDocument, 'namedIds'>>;

async function nameThem(
  cases: Collection<CaseDocument>,
  { _id, orgId, rev, request, namedIds }: OlderCase,
): Promise<boolean> {
  if (namedIds !== undefined) return false;
  const changes = { set: { namedIds: peopleNamedBy(request) }, increment: { rev: 1 } };
  if ((await cases.changeOne({ _id, orgId, rev }, changes)) !== undefined) return true;
  // Somebody changed the case in between.
  const current = await cases.findOne({ _id, orgId });
  return current === undefined ? false : nameThem(cases, current);
}
