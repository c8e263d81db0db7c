import type { Decision } from '../../../shared/domain/reviews/decision.ts';
import { keptId, type Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import type { Acting, ActingPorts } from './acting-ports.ts';
import { carryOut } from './carry-out.ts';
import { changeFinding, FindingChanged, withdraw } from './change-finding.ts';
import { followCase } from './follow-case.ts';
import { prepareDisabling } from './prepare-disabling.ts';

/**
 * Goes one step on with what was decided about a finding, and writes when it is to be looked at again: later than now, or never. May be
 * repeated after a crash at any place: what had an effect is known before the finding says so. A database or a target that does not
 * answer is thrown.
 */
export async function actOnFinding(
  ports: ActingPorts,
  review: Review,
  finding: Finding,
  nowMs: number,
): Promise<Finding> {
  try {
    return await act({ ports, review, nowMs }, finding);
  } catch (error) {
    if (!(error instanceof FindingChanged)) throw error;
    return (await ports.repositories.findings.get(finding.orgId, finding.id)) ?? finding;
  }
}

function act(acting: Acting, finding: Finding): Promise<Finding> {
  switch (finding.state) {
    case 'kept':
      return keep(acting, finding);
    case 'decided':
    case 'warned':
      return goOn(acting, finding);
    case 'started':
      return followCase(acting, finding);
    default:
      // Nothing is to be done about it any more, or nothing yet.
      return changeFinding(acting, finding, { nextAtMs: undefined });
  }
}

/** Reviews of other definitions find the same by the same key: it is kept for all of them. */
async function keep(acting: Acting, finding: Finding): Promise<Finding> {
  const { orgId, reviewId, id: findingId, key } = finding;
  const decision = decisionOf(finding);
  if (decision.kind !== 'keep') throw new Error(`${findingId} is kept, and nobody decided that`);
  const { timeZone } = acting.review.terms;
  const untilMs = localCalendar.instantOf(decision.until, '00:00', timeZone).atMs;
  const id = keptId(orgId, key);
  await acting.ports.repositories.findings.keep({ id, orgId, reviewId, findingId, untilMs });
  return changeFinding(acting, finding, { nextAtMs: undefined });
}

/** What has begun may have had its effect: from then on nothing but the desk says what became of it. */
async function goOn(acting: Acting, finding: Finding): Promise<Finding> {
  if (finding.action?.startedAtMs !== undefined) return carryOut(acting, finding);
  if (acting.review.state === 'cancelled') return withdraw(acting, finding, 'REVIEW_CANCELLED');
  const decision = decisionOf(finding);
  const prepared =
    decision.kind === 'disable' ? await prepareDisabling(acting, finding, decision) : undefined;
  return prepared ?? carryOut(acting, finding);
}

function decisionOf({ id, decision }: Finding): Decision {
  if (decision === undefined) throw new Error(`nothing was decided about ${id}`);
  return decision;
}
