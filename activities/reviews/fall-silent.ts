import { ITSELF } from '../../shared/domain/ids.ts';
import { SCOPES_NEEDED } from '../../shared/domain/reviews/decide.ts';
import type { Decision, DecisionKind } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import type { FindingChanges } from '../../shared/platform/persistence/finding-repository.ts';
import type { ReviewPorts } from './review-ports.ts';

const PAGE = 200;
const GOES_ON_FOR_MS = 15_000;

/** What can be taken back, and needs nothing that only a person can say. */
const CARRIED_OUT_UNASKED: ReadonlySet<DecisionKind> = new Set([
  'disable',
  'remove_alias',
  'remove_redirect',
  'end_auto_reply',
]);

/**
 * The time to decide is over: what nobody decided, or only one of two people, is left as it is and reported so; or what the finding
 * proposes is carried out, where the review says that. Never of an administrator. `false`: there is more of it than fits into one turn.
 */
export async function fallSilent(ports: ReviewPorts, review: Review, nowMs: number): Promise<boolean> {
  const beganAtMs = performance.now();
  const { findings } = ports.repositories;
  for (const state of ['open', 'awaiting_second'] as const)
    for (;;) {
      const page = await findings.list(review.orgId, review.id, { state, limit: PAGE });
      if (page.length === 0) break;
      ports.heartbeat({});
      // One that somebody decides at this very moment is looked at again.
      for (const finding of page) await findings.update(finding, silenceOf(review, finding, nowMs));
      if (performance.now() - beganAtMs > GOES_ON_FOR_MS) return false;
    }
  return true;
}

function silenceOf({ terms }: Review, finding: Finding, atMs: number): FindingChanges {
  const { proposes: kind, needsSecond } = finding;
  const isUnasked = terms.onSilence === 'as_proposed' && !needsSecond && CARRIED_OUT_UNASKED.has(kind);
  if (!isUnasked) return { state: 'defaulted' };
  const decision = {
    ...{ kind, atMs, reason: 'Nobody decided in time, and the review carries out what it proposes.' },
    by: { ownerId: ITSELF, via: 'key', scopes: SCOPES_NEEDED },
  } as Decision;
  return { state: 'decided', decision, nextAtMs: atMs };
}
