import pLimit from 'p-limit';
import { decide } from '../../../shared/domain/reviews/decide.ts';
import type { Decider } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Answer, Call } from '../../http/call.ts';
import { idempotently } from '../../http/idempotency.ts';
import { fillPage } from '../../http/pages.ts';
import { parse } from '../../http/parse.ts';
import { Problem, problemKindOf, type ProblemCode } from '../../http/problem.ts';
import { reviewOr404 } from '../review-or-404.ts';
import { assertMayHaveDone, deciderOf } from './decider.ts';
import { bulkFields, type BulkFields } from './decision-fields.ts';
import { wasDecided } from './decide-finding.ts';
import { judgeFinding } from './judge-finding.ts';
import { haveCarriedOut, noteDecision } from './note-decision.ts';

/** So that whoever works beside it does not wait long. */
const AT_ONCE = 4;

/**
 * One decision about many findings, each for itself: one that cannot be decided so keeps no other from it. What is carried out passes
 * the guard one by one, as everything does.
 */
export async function decideMany(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(bulkFields, call.body);
  const review = await reviewOr404(context, call);
  const by = await deciderOf(context, call);
  assertMayHaveDone(by.scopes, wanted.decision.kind);
  const options = { required: true, subjectId: newId('rvw') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    const bulk: Bulk = { review, wanted, by, updateId, sinceMs: earlierSinceMs };
    const ids = wanted.findingIds ?? (await matching(context, bulk));
    const oneByOne = pLimit(AT_ONCE);
    const results = await oneByOne.map(ids, (id) => decideOne(context, bulk, id));
    const decided = results.flatMap(({ finding }) => finding ?? []);
    await haveCarriedOut(context, review, decided);
    return {
      status: 200,
      body: {
        decided: decided.length,
        refused: results.length - decided.length,
        results: results.map(({ view }) => view),
      },
    };
  });
}

interface Bulk {
  readonly review: Review;
  readonly wanted: BulkFields;
  readonly by: Decider;
  readonly updateId: string;
  /** When an attempt of the same request began that did not come to its end. */
  readonly sinceMs: number | undefined;
}

/** All that the filter means, with those an earlier attempt has decided already. Throws where there are more or fewer than expected. */
async function matching(
  context: ApiContext,
  { review, wanted, by, sinceMs }: Bulk,
): Promise<readonly string[]> {
  const { filter, decision } = wanted;
  if (filter === undefined) return [];
  const { rule, state, expected } = filter;
  const found = await fillPage(
    { limit: expected + 1 },
    ({ after, limit }) =>
      context.repositories.findings.list(review.orgId, review.id, {
        ...{ rule, after, limit, ...(sinceMs === undefined ? { state } : {}) },
      }),
    ({ id }: Finding) => id,
    (finding) => finding.state === state || wasDecided(finding, by, decision.kind, sinceMs),
  );
  if (found.length === expected) return found.map(({ id }) => id);
  const { orgId, id } = review;
  const count = await context.repositories.findings.count(orgId, id, { state, rule });
  throw new Problem('FINDINGS_COUNT_DIFFERS', { field: '/filter/expected', members: { found: count } });
}

async function decideOne(
  context: ApiContext,
  { review, wanted, by, updateId, sinceMs }: Bulk,
  findingId: string,
) {
  const { decision } = wanted;
  try {
    const finding = await judgeFinding(context, review, findingId, {
      judge: (scene) => decide(scene, decision, by),
      wasDone: (known) => wasDecided(known, by, decision.kind, sinceMs),
    });
    const of = `${updateId}:${findingId}`;
    await noteDecision(context, finding, { action: 'finding.decided', by, of });
    return { finding, view: { findingId, result: 'decided', state: finding.state } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { view: refusedView(findingId, error.code) };
  }
}

function refusedView(findingId: string, code: ProblemCode) {
  return { findingId, result: 'refused', code, sentence: problemKindOf(code).sentence };
}
