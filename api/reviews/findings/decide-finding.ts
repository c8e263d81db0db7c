import { confirmDecision, decide, rejectDecision } from '../../../shared/domain/reviews/decide.ts';
import type { Decider, DecisionKind } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { idempotently } from '../../http/idempotency.ts';
import { parse } from '../../http/parse.ts';
import { findingOr404, reviewOr404 } from '../review-or-404.ts';
import { assertMayHaveDone, deciderOf } from './decider.ts';
import { confirmFields, decisionFields } from './decision-fields.ts';
import { findingViews } from './finding-view.ts';
import { judgeFinding } from './judge-finding.ts';
import { haveCarriedOut, noteDecision } from './note-decision.ts';

/** Decides about one finding. It is carried out when the engine has heard of it. */
export async function decideFinding(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(decisionFields, call.body);
  const review = await reviewOr404(context, call);
  await findingOr404(context, call, review);
  const by = await deciderOf(context, call);
  assertMayHaveDone(by.scopes, wanted.kind);
  const options = { required: true, subjectId: newId('fnd') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    const finding = await judgeFinding(context, review, paramOf(call, 'findingId'), {
      judge: (scene) => decide(scene, wanted, by),
      wasDone: (known) => wasDecided(known, by, wanted.kind, earlierSinceMs),
    });
    await noteDecision(context, finding, { action: 'finding.decided', by, of: updateId });
    await haveCarriedOut(context, review, [finding]);
    return answer(context, finding);
  });
}

/** Whether this one decided the same since then: an attempt of the same request that did not come to its end. */
export function wasDecided(
  { decision }: Finding,
  by: Decider,
  kind: DecisionKind,
  sinceMs: number | undefined,
): boolean {
  if (sinceMs === undefined || decision === undefined) return false;
  return decision.kind === kind && decision.by.ownerId === by.ownerId && decision.atMs >= sinceMs;
}

/** The second person says yes, and it counts; or no, and somebody has to decide again. */
export async function confirmFinding(context: ApiContext, call: Call): Promise<Answer> {
  const { verdict } = parse(confirmFields, call.body);
  const review = await reviewOr404(context, call);
  const { decision } = await findingOr404(context, call, review);
  const by = await deciderOf(context, call);
  if (decision !== undefined && verdict === 'confirm') assertMayHaveDone(by.scopes, decision.kind);
  const options = { required: true, subjectId: newId('fnd') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    const wasDone = (known: Finding): boolean => {
      if (earlierSinceMs === undefined) return false;
      const second = known.decision?.second;
      if (verdict === 'reject') return known.decision === undefined;
      return second?.ownerId === by.ownerId && second.atMs >= earlierSinceMs;
    };
    const finding = await judgeFinding(context, review, paramOf(call, 'findingId'), {
      judge: (scene) => (verdict === 'confirm' ? confirmDecision : rejectDecision)(scene, by),
      wasDone,
    });
    const action = verdict === 'confirm' ? 'finding.confirmed' : 'finding.rejected';
    await noteDecision(context, finding, { action, by, of: updateId });
    await haveCarriedOut(context, review, [finding]);
    return answer(context, finding);
  });
}

async function answer(context: ApiContext, finding: Finding): Promise<Answer> {
  const [body] = await findingViews(context, finding.orgId, [finding]);
  return { status: 200, body };
}
