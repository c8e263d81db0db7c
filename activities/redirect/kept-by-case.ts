import type { AccountRef } from '../../shared/domain/person.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';

/** The accounts whose addresses a case keeps as redirects, from its evidence: the person has no accounts any more. */
export async function keptByCase(
  { evidence }: Pick<Repositories, 'evidence'>,
  orgId: string,
  caseId: string,
): Promise<readonly AccountRef[]> {
  const found = await evidence.listByCase(orgId, caseId);
  return found
    .filter(({ kind, status }) => kind === 'keepRedirect' && status === 'done')
    .map(({ proof }) => ({ target: String(proof?.['target']), accountId: String(proof?.['accountId']) }));
}
