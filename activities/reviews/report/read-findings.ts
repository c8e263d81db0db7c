import type { Finding, FindingState } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { everyApiKey } from '../../../shared/platform/persistence/every-api-key.ts';
import { everyPage } from '../../../shared/platform/persistence/every-page.ts';
import type { ReportPorts } from './report-ports.ts';
import { reportedFinding, type Names, type ReportedFinding } from './reported-finding.ts';

const PAGE = 500;

/** Every finding of a review, or those of one state, in the order of their ids; a page at a time in memory. */
export function pagesOfFindings(
  { repositories: { findings } }: ReportPorts,
  { orgId, id }: Review,
  state?: FindingState,
): AsyncIterable<readonly Finding[]> {
  return everyPage(PAGE, (page) => findings.list(orgId, id, { ...page, state }));
}

/** The same with the names of everybody concerned. */
export async function* reportedFindings(
  ports: ReportPorts,
  review: Review,
  owners: Names['owners'],
  state?: FindingState,
): AsyncIterable<ReportedFinding> {
  for await (const page of pagesOfFindings(ports, review, state)) {
    const ids = [...new Set(page.flatMap(peopleOf))];
    const known = await ports.repositories.people.getMany(review.orgId, ids);
    const people = new Map(known.map((person) => [person.id, person]));
    for (const finding of page) yield reportedFinding(finding, { people, owners });
  }
}

/** What the keys of owners were called; the first one of each counts. */
export async function ownersOf(
  { repositories: { apiKeys } }: ReportPorts,
  orgId: string,
): Promise<Names['owners']> {
  const keys = await everyApiKey(apiKeys, orgId);
  return new Map(keys.toReversed().map(({ ownerId, ownerName }) => [ownerId, ownerName]));
}

function peopleOf({ personId, reviewerId, decision }: Finding): readonly string[] {
  const ids = [personId, reviewerId, decision?.by.personId, decision?.second?.personId];
  return ids.filter((id) => id !== undefined);
}
