import type {
  DecisionRefusal,
  DecisionScene,
  FindingVerdict,
} from '../../../shared/domain/reviews/decide.ts';
import { allowedKinds } from '../../../shared/domain/reviews/decide.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';

/** The engine or another reviewer writes at the same moment. */
const MAX_ATTEMPTS = 5;

type Context = Pick<ApiContext, 'repositories' | 'calendar' | 'now'>;

/** What is done with a finding, by the revision that is written over. */
export interface Judgement {
  readonly judge: (scene: DecisionScene) => FindingVerdict | DecisionRefusal;
  /** Whether an earlier attempt of the same request has written it. */
  readonly wasDone?: (finding: Finding) => boolean;
}

/** Changes a finding of a review as it is judged. Throws where it cannot be. */
export async function judgeFinding(
  context: Context,
  { orgId, id: reviewId }: Pick<Review, 'orgId' | 'id'>,
  findingId: string,
  { judge, wasDone }: Judgement,
): Promise<Finding> {
  const { repositories, calendar } = context;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const finding = await repositories.findings.get(orgId, findingId);
    // Each time anew: the review may close meanwhile.
    const review = await repositories.reviews.get(orgId, reviewId);
    if (finding?.reviewId !== review?.id || finding === undefined || review === undefined)
      throw new Problem('FINDING_NOT_FOUND');
    if (wasDone?.(finding) === true) return finding;
    const { personId } = finding;
    const person = personId === undefined ? undefined : await repositories.people.get(orgId, personId);
    const rule = ruleNamed(finding.rule);
    const scene = { finding, review, rule, person, calendar, nowMs: context.now() };
    const verdict = judge(scene);
    if (verdict.kind === 'refused') throw problemOf(verdict, scene);
    const changed = await repositories.findings.update(finding, verdict.changes);
    if (changed !== undefined) return changed;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

function problemOf(refusal: DecisionRefusal, { finding, review, rule }: DecisionScene): Problem {
  const { code, member, earliest, latest } = refusal;
  return new Problem(code, {
    ...(member === undefined ? {} : { field: `/${member}` }),
    members: {
      ...(code === 'FINDING_STATE' ? { findingState: finding.state } : {}),
      ...(code === 'REVIEW_NOT_OPEN' ? { reviewState: review.state } : {}),
      ...(code === 'DECISION_NOT_ALLOWED' ? { allowed: allowedKinds(rule) } : {}),
      ...(earliest === undefined || latest === undefined ? {} : { earliest, latest }),
    },
  });
}
