import { createReviewActivities } from '../../activities/reviews/review-activities.ts';
import { contextOfDesk } from '../../api/desk/desk-context.ts';
import { createDecisionDesk } from '../../api/reviews/desk/create-decision-desk.ts';
import type { ReviewInput } from '../../shared/contract/reviews.ts';
import type { TaskQueues } from '../../shared/contract/task-queues.ts';
import { WORKFLOWS } from '../../shared/contract/workflows.ts';
import { reviewScheduleId } from '../../shared/domain/ids.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { DecidedWhat, Decider } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { confirmDecision, decide } from '../../shared/domain/reviews/decide.ts';
import { ruleNamed } from '../../shared/domain/reviews/rules/all-rules.ts';
import { ALL_SCOPES } from '../../api/http/scopes.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { createArchiveReader } from '../../shared/platform/archive/archive-reader.ts';
import { writePiecesDurably } from '../../shared/platform/files/durable-file.ts';
import { createLogger } from '../../shared/platform/logging.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { createImportEngine } from '../../shared/platform/temporal/import-engine.ts';
import { createReviewEngine } from '../../shared/platform/temporal/review-engine.ts';
import { startTestEngine, type EngineParts } from './engine.ts';
import { fastForward, workflowClock } from './fast-forward.ts';
import { eventually } from './installation.ts';

const MOVE_MS = 10 * 60_000;
const MOST_MOVES = 100;

/** Everything real: cases that are started by decisions skip their own time. */
export async function startReviewEngine(options: { readonly queues?: TaskQueues } = {}) {
  const engine = await startTestEngine({ beside: reviewActivities, ...options });
  const { temporal, queues } = engine;
  return {
    ...engine,
    reviewEngine: createReviewEngine(temporal.realTimeClient, { queues }),
  };
}
export type ReviewTestEngine = Awaited<ReturnType<typeof startReviewEngine>>;

function reviewActivities({ temporal, queues, ports, directories, readings }: EngineParts): object {
  const reviewEngine = createReviewEngine(temporal.realTimeClient, { queues });
  const directory = directories[FIRST_TARGET]!;
  const { repositories, notifier, publicUrl, clock } = ports;
  const context = contextOfDesk({
    ...{ repositories, directory, directories, readings, notifier, publicUrl },
    engine: createCaseEngine(temporal.client, { queues }),
    imports: createImportEngine(temporal.realTimeClient, { queues }),
    reviews: reviewEngine,
    logger: createLogger('worker', 'silent'),
    pingStore: () => Promise.resolve(),
    uploads: { folder: '/nowhere', write: writePiecesDurably },
    archives: createArchiveReader('/nowhere'),
    stopping: new AbortController().signal,
    now: () => clock.now(),
  });
  const heartbeat: typeof ports.heartbeat = (detail) => {
    // Whoever signs in afterwards does it then.
    clock.now();
    ports.heartbeat(detail);
  };
  return createReviewActivities({ ...ports, heartbeat, reviewEngine, desk: createDecisionDesk(context) });
}

/** The directory's clock stands at the latest instant that a review showed: what is made now is made then. */
export function directoryNow({ ports }: ReviewTestEngine): number {
  return Math.max(ports.clock.now(), Date.now());
}

/** One holding of a review that begins at an instant to come, whose clock can be moved. */
export async function holdReview(
  engine: ReviewTestEngine,
  { orgId, id: definitionId }: ReviewDefinition,
  atMs: number,
) {
  const { temporal, queues, repositories, reviewEngine } = engine;
  const input: ReviewInput = { orgId, definitionId, slicesPerRun: 100 };
  const workflowId = `${reviewScheduleId(orgId, definitionId)}-${newId('rvw')}`;
  const startDelay = Math.max(0, atMs - Date.now());
  const handle = await temporal.realTimeClient.workflow.start(WORKFLOWS.review, {
    ...{ workflowId, taskQueue: queues.orchestration, args: [input] },
    startDelay,
  });
  if (startDelay > 0) await fastForward(temporal.connection, workflowId, startDelay);
  const current = async (): Promise<Review | undefined> => {
    const found = await repositories.reviews.list(orgId, { definitionId, limit: 100 });
    return found.find((one) => one.workflowId === workflowId);
  };
  const held = {
    ...{ handle, workflowId },
    async now(): Promise<Review> {
      return (await current())!;
    },
    async until(isSo: (review: Review) => boolean | Promise<boolean>): Promise<Review> {
      let last: Review | undefined;
      const look = async (): Promise<boolean> => {
        last = await current();
        return last !== undefined && (await isSo(last));
      };
      await eventually(look, 30_000).catch(() => {
        throw new Error(`the review came no further than ${JSON.stringify(last)}`);
      });
      return last!;
    },
    async findings(): Promise<readonly Finding[]> {
      return repositories.findings.list(orgId, (await held.now()).id, { limit: 1_000 });
    },
    /** Moves its clock on, some minutes at a time, until this is so: what is under way is looked at again only when it is due. */
    async forwardUntil(isSo: (review: Review) => boolean): Promise<Review> {
      for (let moved = 0; moved < MOST_MOVES; moved += 1) {
        const review = await held.now();
        if (isSo(review)) return review;
        await held.forward(MOVE_MS).catch(async (error: unknown) => {
          // Its workflow ended meanwhile: nobody moves its clock any more.
          if (!isSo(await held.now())) throw error;
        });
      }
      throw new Error(`the review came no further than ${JSON.stringify(await held.now())}`);
    },
    forward: (ms: number) => fastForward(temporal.connection, workflowId, ms),
    clock: () => workflowClock(temporal.connection, workflowId),
    /** As the API does it: written first, told afterwards. */
    async decide(finding: Finding, what: DecidedWhat | 'confirm', by: Partial<Decider> = {}): Promise<void> {
      const { repositories } = engine;
      const person = finding.personId && (await repositories.people.get(orgId, finding.personId));
      const scene = {
        ...{ finding, review: await held.now(), rule: ruleNamed(finding.rule), calendar: localCalendar },
        ...{ nowMs: await held.clock(), person: person === '' ? undefined : person },
      };
      const decider: Decider = { ownerId: 'own_hr', via: 'key', scopes: ALL_SCOPES, ...by };
      const verdict =
        what === 'confirm'
          ? confirmDecision(scene, decider)
          : decide(scene, { ...what, reason: 'looked at it' }, decider);
      if (verdict.kind === 'refused') throw new Error(verdict.code);
      if ((await repositories.findings.update(finding, verdict.changes)) === undefined)
        throw new Error('the finding was changed meanwhile');
      await held.tell();
    },
    async tell(): Promise<void> {
      await eventually(async () => {
        const review = await held.now();
        return (await repositories.reviews.update(review, { unheard: true })) !== undefined;
      });
      await reviewEngine.tell(await held.now());
    },
  };
  return held;
}
export type HeldReview = Awaited<ReturnType<typeof holdReview>>;
