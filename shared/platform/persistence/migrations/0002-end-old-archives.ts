import { presetOf } from '../../../domain/country-presets.ts';
import { monthsAfter } from '../../../domain/months-after.ts';
import { createArchivePartRepository } from '../archive-part-repository.ts';
import { openCases, type CaseDocument } from '../case-collection.ts';
import type { Database } from '../connect.ts';
import { createOrganisationRepository } from '../organisation-repository.ts';
import { createPersonRepository } from '../person-repository.ts';
import { changeEach } from './change-each.ts';
import type { Migration } from './migration.ts';

/** 0.1.0 deleted accounts and kept their archives without an end. The retention counts from the deletion, as it does today. */
export const endOldArchives: Migration = {
  id: '0002-end-old-archives',
  description:
    'The archive of an account that was deleted already ends when the retention of its country is over.',
  changePage(database, after) {
    return changeEach(openCases(database.connection), after, (found) => endArchive(database, found));
  },
};

async function endArchive(
  { connection }: Database,
  { _id: caseId, orgId, personId, plan, steps }: CaseDocument,
): Promise<boolean> {
  const keys = plan.steps.filter(({ kind }) => kind === 'quarantineAddress').map(({ key }) => key);
  const last = steps.find(({ key, status }) => keys.includes(key) && status === 'done');
  const deletedAtMs = last?.dueAtMs ?? last?.settledAtMs;
  if (deletedAtMs === undefined) return false;
  const archives = createArchivePartRepository(connection);
  const parts = await archives.listByCase(orgId, caseId);
  if (!parts.some((part) => part.expiresAtMs === undefined && part.destroyingAtMs === undefined))
    return false;
  const person = await createPersonRepository(connection).get(orgId, personId);
  const organisation = await createOrganisationRepository(connection).get(orgId);
  const { archiveRetentionYears } = presetOf(person?.country ?? organisation?.country ?? '');
  await archives.setExpiry(orgId, caseId, monthsAfter(deletedAtMs, 12 * archiveRetentionYears));
  return true;
}
