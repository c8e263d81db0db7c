import {
  UNDECIDED_STATES,
  UNSETTLED_STATES,
  type Finding,
  type FindingState,
} from '../../shared/domain/reviews/finding.ts';
import { noticeDue, noticesAhead } from '../../shared/domain/reviews/due-notices.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import { actOnFinding } from './acting/act-on-finding.ts';
import { changeReview } from './change-review.ts';
import { collect } from './collecting/collect.ts';
import { openForDecisions } from './collecting/open-for-decisions.ts';
import type { ReviewRef, ReviewStep } from './contract.ts';
import { completeReview, leaveReview } from './end-review.ts';
import { fallSilent } from './fall-silent.ts';
import { replaceReviewers } from './notices/replace-reviewers.ts';
import { sendNotice } from './notices/send-notice.ts';
import { tellOfRefused } from './notices/tell-of-refused.ts';
import type { ReviewPorts } from './review-ports.ts';

/** Findings are not begun after this. */
const GOES_ON_FOR_MS = 20_000;
const AT_ONCE = 100;
/** A mail that no server took is tried again after this. */
const MAIL_AGAIN_MS = 15 * 60_000;
const BUSY_AGAIN_MS = 60_000;
/** What is withdrawn when a review is cancelled, unless it has begun. */
const NOT_BEGUN_STATES = ['decided', 'warned'] as const satisfies readonly FindingState[];

/**
 * Goes on where a review stands, for some seconds: looks at accounts, writes to people, carries out what was decided, ends it. Whatever
 * is done here may be done twice.
 */
export async function advanceReview(
  ports: ReviewPorts,
  { orgId, reviewId, asOfMs: nowMs }: ReviewRef & { readonly asOfMs: number },
): Promise<ReviewStep> {
  const review = await changeReview(ports.repositories, { orgId, reviewId }, ({ unheard, trouble }) =>
    unheard || trouble !== undefined ? { unheard: false, trouble: undefined } : undefined,
  );
  switch (review.state) {
    case 'collecting':
      return goOnCollecting(ports, review, nowMs);
    case 'open':
      return goOnDeciding(ports, review, nowMs);
    case 'carrying_out':
      return goOnProving(ports, review, nowMs);
    case 'completed':
      return end(ports, review, nowMs);
    case 'cancelled':
      return callOff(ports, review, nowMs);
  }
}

async function goOnCollecting(ports: ReviewPorts, review: Review, nowMs: number): Promise<ReviewStep> {
  const collected = await collect(ports, review);
  if (collected.state === 'collecting' && collected.progress === undefined)
    await openForDecisions(ports, collected, nowMs);
  return { kind: 'more', phase: 'collecting' };
}

async function goOnDeciding(ports: ReviewPorts, review: Review, nowMs: number): Promise<ReviewStep> {
  let current = await lookAgain(ports, review, nowMs);
  const notice = noticeDue(current, nowMs);
  if (notice !== undefined && (await sendNotice(ports, current, notice, nowMs)))
    return { kind: 'more', phase: 'open' };
  const nextAtMs = await act(ports, current, nowMs);
  const closesAtMs = current.closesAtMs ?? nowMs;
  const isOver = closesAtMs <= nowMs || !(await isAnyIn(ports, current, UNDECIDED_STATES));
  if (isOver) {
    if (await fallSilent(ports, current, nowMs))
      current = await changeReview(ports.repositories, refOf(current), ({ state }) =>
        state === 'open' ? { state: 'carrying_out', closedAtMs: nowMs } : undefined,
      );
    return { kind: 'more', phase: current.state };
  }
  const recheckAtMs = current.recheckAtMs ?? closesAtMs;
  const noticeAtMs = notice === undefined ? noticesAhead(current)[0]?.atMs : nowMs + MAIL_AGAIN_MS;
  const moments = [closesAtMs, recheckAtMs, nextAtMs, noticeAtMs].filter((atMs) => atMs !== undefined);
  return waiting('open', nowMs, moments);
}

async function goOnProving(ports: ReviewPorts, review: Review, nowMs: number): Promise<ReviewStep> {
  const current = await lookAgain(ports, review, nowMs);
  const nextAtMs = await act(ports, current, nowMs);
  if (nextAtMs === undefined && !(await isAnyIn(ports, current, UNSETTLED_STATES))) {
    await completeReview(ports, current, nowMs);
    return { kind: 'more', phase: 'carrying_out' };
  }
  const moments = [current.recheckAtMs, nextAtMs].filter((atMs) => atMs !== undefined);
  return waiting('carrying_out', nowMs, moments);
}

/** A mail that no server takes is tried again for a day: whoever waits for the end is told. */
async function end(ports: ReviewPorts, review: Review, nowMs: number): Promise<ReviewStep> {
  const isTold = await leaveReview(ports, review, nowMs);
  if (isTold || nowMs - (review.endedAtMs ?? nowMs) >= DAY_MS)
    return { kind: 'ended', state: 'completed', phase: 'completed' };
  return waiting('completed', nowMs, [nowMs + MAIL_AGAIN_MS]);
}

/** Nothing that has not begun is begun; cases that were started go on by themselves. */
async function callOff(ports: ReviewPorts, review: Review, nowMs: number): Promise<ReviewStep> {
  const nextAtMs = await act(ports, review, nowMs);
  if (nextAtMs !== undefined && nextAtMs <= nowMs) return { kind: 'more', phase: 'cancelled' };
  const beganAtMs = performance.now();
  for (const state of NOT_BEGUN_STATES)
    for await (const page of everyPage(AT_ONCE, (range) => notYetOver(ports, review, state, range))) {
      for (const finding of page) await actOnFinding(ports, review, finding, nowMs);
      ports.heartbeat({});
      if (performance.now() - beganAtMs > GOES_ON_FOR_MS) return { kind: 'more', phase: 'cancelled' };
    }
  // Something that had begun, and whose person is busy with something else.
  if (await isAnyIn(ports, review, NOT_BEGUN_STATES))
    return waiting('cancelled', nowMs, [nowMs + BUSY_AGAIN_MS]);
  await leaveReview(ports, review, nowMs);
  return { kind: 'ended', state: 'cancelled', phase: 'cancelled' };
}

/** Also what is due much later. */
function notYetOver(
  { repositories: { findings } }: ReviewPorts,
  { orgId, id }: Review,
  state: FindingState,
  range: { readonly after?: string; readonly limit: number },
): Promise<readonly Finding[]> {
  return findings.list(orgId, id, { state, ...range });
}

/** What was decided is carried out, as far as it is due. Gives when the next of it is; `undefined`: nothing is left. */
async function act(ports: ReviewPorts, review: Review, nowMs: number): Promise<number | undefined> {
  const beganAtMs = performance.now();
  const { findings } = ports.repositories;
  while (performance.now() - beganAtMs < GOES_ON_FOR_MS) {
    const due = await findings.listDue(review.orgId, review.id, nowMs, AT_ONCE);
    if (due.length === 0) break;
    for (const finding of due) {
      ports.heartbeat({});
      await actOnFinding(ports, review, finding, nowMs);
    }
  }
  // Nobody can decide anything of a review that was cancelled.
  const isTold = review.state === 'cancelled' || (await tellOfRefused(ports, review, nowMs));
  const [next] = await findings.listDue(review.orgId, review.id, Number.MAX_SAFE_INTEGER, 1);
  return isTold ? next?.nextAtMs : Math.min(next?.nextAtMs ?? Infinity, nowMs + MAIL_AGAIN_MS);
}

/** Once a day: those who are asked are still here. */
async function lookAgain(ports: ReviewPorts, review: Review, nowMs: number): Promise<Review> {
  if (review.recheckAtMs !== undefined && review.recheckAtMs > nowMs) return review;
  const isOver = review.state !== 'open' || (await replaceReviewers(ports, review, nowMs));
  const recheckAtMs = nowMs + (isOver ? DAY_MS : MAIL_AGAIN_MS);
  return changeReview(ports.repositories, refOf(review), () => ({ recheckAtMs }));
}

function refOf({ orgId, id: reviewId }: Review): ReviewRef {
  return { orgId, reviewId };
}

function waiting(phase: string, nowMs: number, moments: readonly number[]): ReviewStep {
  const untilMs = Math.min(...moments);
  if (untilMs <= nowMs) return { kind: 'more', phase };
  return Number.isFinite(untilMs) ? { kind: 'wait', untilMs, phase } : { kind: 'wait', phase };
}

async function isAnyIn(
  { repositories }: ReviewPorts,
  { orgId, id }: Review,
  states: readonly FindingState[],
): Promise<boolean> {
  for (const state of states)
    if ((await repositories.findings.list(orgId, id, { state, limit: 1 })).length > 0) return true;
  return false;
}
