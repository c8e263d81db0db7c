import { createDirectoryConnector } from '../../activities/connectors/directory/directory-connector.ts';
import type { ReviewPorts } from '../../activities/reviews/review-ports.ts';
import { createReviewActivities } from '../../activities/reviews/review-activities.ts';
import { createSealedVault } from '../../activities/vault/sealed-vault.ts';
import { createDecisionDesk } from '../../api/reviews/desk/create-decision-desk.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { createSecretRepository } from '../../shared/platform/persistence/secret-repository.ts';
import { outliving, type Mortality } from './every-write.ts';
import type { TestApi } from './test-api.ts';

/** A review as those who have a part in it see it. */
export interface ReviewScene {
  readonly api: TestApi;
  readonly reviewId: string;
  /** The findings about somebody, by the id of the person. */
  readonly findingOf: (personId: string) => Promise<Finding>;
  readonly now: () => Promise<Review>;
}

/** Something that somebody does from outside while a review is held. */
export interface ReviewEvent {
  readonly atMs: number;
  readonly happens: (scene: ReviewScene) => Promise<unknown>;
}

const VAULT_KEY = new Uint8Array(32).fill(7);
/** Whoever dies more often dies of the same thing again and again. */
const MOST_ATTEMPTS = 200;
const MOST_SLICES = 500;

/**
 * A review from its beginning to its end, by everything but the workflow: its activities are asked for as the workflow asks, on a clock
 * that is moved. Cases that it starts are proven when it waits the next time.
 */
export async function liveReview(
  api: TestApi,
  { definitionId, events }: { readonly definitionId: string; readonly events: readonly ReviewEvent[] },
  mortality: Mortality,
) {
  const { orgId, clock, repositories } = api;
  const written = new Map<string, number>();
  const through = <T>(act: (activities: ReturnType<typeof activitiesOf>) => Promise<T>): Promise<T> =>
    outliving(api, { mortality, written, mostAttempts: MOST_ATTEMPTS }, () => act(activitiesOf(api)));
  const start = { orgId, definitionId, workflowId: `review:${definitionId}`, runId: 'the first run' };
  const opened = await through((activities) => activities.openReview({ ...start, asOfMs: clock.nowMs }));
  if (opened === undefined) throw new Error('no review was held');
  const { reviewId } = opened;
  const scene: ReviewScene = {
    ...{ api, reviewId },
    async findingOf(personId) {
      const [found] = await repositories.findings.list(orgId, reviewId, { personId, limit: 10 });
      return found!;
    },
    now: async () => (await repositories.reviews.get(orgId, reviewId))!,
  };
  const ahead = events.toSorted((a, b) => a.atMs - b.atMs);
  for (let slices = 0; slices < MOST_SLICES; slices += 1) {
    const asOfMs = clock.nowMs;
    const step = await through((activities) => activities.advanceReview({ orgId, reviewId, asOfMs }));
    if (step.kind === 'ended') return { review: await scene.now(), written };
    if (step.kind === 'more') continue;
    await proveCases(api);
    const [next] = ahead;
    const untilMs = Math.min(step.untilMs ?? Number.MAX_SAFE_INTEGER, next?.atMs ?? Number.MAX_SAFE_INTEGER);
    clock.nowMs = Math.max(untilMs, asOfMs);
    if (next !== undefined && next.atMs <= clock.nowMs) {
      ahead.shift();
      await next.happens(scene);
    }
  }
  throw new Error(`the review does not come to its end: ${JSON.stringify(await scene.now())}`);
}

/** Nobody signs in any more: every case of the organisation has seen it. */
async function proveCases({ engine, orgId, clock }: TestApi): Promise<void> {
  for (const workflowId of engine.startedIds) {
    if (!workflowId.includes(orgId)) continue;
    const { plan, steps } = engine.progressOf(workflowId)!;
    for (const { key, kind, params } of plan.steps) {
      const isProof = kind === 'proveDisabled' || (kind === 'proveLockedOut' && params['again'] !== 1);
      if (!isProof || steps[key]?.status === 'done') continue;
      const news = { key, round: 1, atMs: clock.nowMs };
      await engine.tell(workflowId, { kind: 'stepStarted', ...news });
      await engine.tell(workflowId, { kind: 'stepSettled', outcome: 'done', ...news });
    }
  }
}

const activitiesOf = (api: TestApi) => createReviewActivities(reviewPortsOf(api));

/** The real desk and a real vault; a mail server in memory, and fake engines. */
export function reviewPortsOf(api: TestApi): ReviewPorts {
  const { repositories, context, mailroom, reviews, directory } = api;
  const vault = createSealedVault(createSecretRepository(repositories.database.connection), VAULT_KEY);
  const silent = (): void => undefined;
  const target = { writes: directory, reads: context.readings['directory']! };
  return {
    ...{ repositories, notifier: mailroom, vault, publicUrl: context.publicUrl, reviewEngine: reviews },
    connectors: { directory: createDirectoryConnector({ ...target, vault }) },
    desk: createDecisionDesk(context),
    ...{ clock: { now: context.now }, heartbeat: silent, log: { warn: silent, error: silent } },
  };
}
