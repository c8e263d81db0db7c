import { FINDING_STATES, type FindingState } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { reportedFindings } from './read-findings.ts';
import type { ReportPorts } from './report-ports.ts';
import type { Names, ReportedFinding } from './reported-finding.ts';

/** More would be no page to print. */
const MOST_LISTED = 2_000;
/** Somebody has to decide, or nobody did; then what is not proven, or was called off. */
const RISKS_FIRST: readonly FindingState[] = [
  ...(['refused', 'defaulted', 'open', 'awaiting_second'] as const),
  ...(['decided', 'warned', 'started', 'withdrawn'] as const),
];
const OTHERS_AFTER = FINDING_STATES.filter((state) => state === 'withdrawn' || !RISKS_FIRST.includes(state));

export interface ListedFindings {
  readonly risks: readonly ReportedFinding[];
  readonly others: readonly ReportedFinding[];
}

/** Those that a page shows: all of them, or as many as have a place on it, and no other before every open risk. */
export async function listedFindings(
  ports: ReportPorts,
  review: Review,
  owners: Names['owners'],
  most = MOST_LISTED,
): Promise<ListedFindings> {
  const take = async (states: readonly FindingState[], openRisk: boolean, limit: number) => {
    const taken: ReportedFinding[] = [];
    for (const state of states)
      for await (const finding of reportedFindings(ports, review, owners, state)) {
        if (taken.length === limit) return taken;
        if (finding.openRisk === openRisk) taken.push(finding);
      }
    return taken;
  };
  const risks = await take(RISKS_FIRST, true, most);
  return { risks, others: await take(OTHERS_AFTER, false, most - risks.length) };
}
