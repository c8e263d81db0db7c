import { addressClaimId } from '../../../shared/domain/ids.ts';
import type { AccountFacts } from '../../../shared/domain/reviews/account-facts.ts';
import type { ReviewPorts } from '../review-ports.ts';
import type { SubjectPage } from './page-of-people.ts';

const PAGE = 400;

/**
 * The next accounts of a target, of which nobody is known to have them: whoever has the address is looked up, and whether the account is
 * theirs.
 */
export async function accountsOfNobody(
  ports: ReviewPorts,
  orgId: string,
  target: string,
  after: string | undefined,
): Promise<SubjectPage> {
  const connector = ports.connectors[target]?.(orgId);
  if (connector === undefined || connector.capabilities.listAccounts === 'no')
    return { subjects: [], people: 0, accounts: 0 };
  const accounts = await connector.listAccounts({
    limit: PAGE,
    ...(after === undefined ? {} : { after }),
  });
  const claimed = await ownedOf(ports, orgId, accounts);
  const last = accounts.length === PAGE ? accounts.at(-1)?.accountId : undefined;
  const orphans = accounts.filter(({ accountId }) => !claimed.has(accountId));
  return {
    subjects: orphans.map((account) => ({ accounts: [account], missing: [] })),
    ...(last === undefined ? {} : { last }),
    people: 0,
    // Those of people were counted with them.
    accounts: orphans.length,
  };
}

/** The ids of those accounts that belong to whoever has their address. */
async function ownedOf(
  { repositories: { claims, people } }: ReviewPorts,
  orgId: string,
  accounts: readonly AccountFacts[],
): Promise<ReadonlySet<string>> {
  const ids = accounts.map(({ address }) => addressClaimId(orgId, address));
  const holders = new Set([...(await claims.getMany(ids, orgId)).values()].map(({ holderId }) => holderId));
  const persons = await people.getMany(orgId, [...holders]);
  return new Set(persons.flatMap((person) => person.accounts.map(({ accountId }) => accountId)));
}
