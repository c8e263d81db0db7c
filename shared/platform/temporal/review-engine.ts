import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { ReviewEngine } from '../../contract/review-engine.ts';
import { REVIEW_CHANGED, type ReviewInput } from '../../contract/reviews.ts';
import { taskQueues, type TaskQueues } from '../../contract/task-queues.ts';
import { WORKFLOWS } from '../../contract/workflows.ts';
import { reviewScheduleId } from '../../domain/ids.ts';
import { daysOf, type ReviewDefinition } from '../../domain/reviews/review-definition.ts';
import { isOutage } from './is-outage.ts';

export interface ReviewEngineOptions {
  readonly deadlineMs?: number;
  readonly slicesPerRun?: number;
  readonly queues?: TaskQueues;
}

const ORG_ID = defineSearchAttributeKey('OrgId', 'KEYWORD');
const PHASE = defineSearchAttributeKey('Phase', 'KEYWORD');

/** As Temporal calls them. */
const MONTHS = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
] as const;

export function createReviewEngine(
  client: Pick<Client, 'workflow' | 'schedule' | 'withDeadline'>,
  options: ReviewEngineOptions = {},
): ReviewEngine {
  const { deadlineMs = 4_000, slicesPerRun = 100, queues = taskQueues() } = options;
  const scheduleOf = ({ orgId, id }: ReviewDefinition) =>
    client.schedule.getHandle(reviewScheduleId(orgId, id));

  async function asked<T>(ask: () => Promise<T>): Promise<T | 'unavailable'> {
    try {
      return await client.withDeadline(Date.now() + deadlineMs, ask);
    } catch (error) {
      if (isOutage(error)) return 'unavailable';
      throw error;
    }
  }

  async function arrange(definition: ReviewDefinition): Promise<'arranged'> {
    const handle = scheduleOf(definition);
    const wanted = scheduleFor(definition, slicesPerRun, queues);
    if (definition.removed !== undefined) await unlessUnknown(handle.delete());
    else if ((await unlessUnknown(handle.update(() => wanted))) === 'unknown')
      await client.schedule.create(wanted).catch((error: unknown) => {
        // Somebody made it meanwhile, and of another revision perhaps.
        if (error instanceof ScheduleAlreadyRunning) return handle.update(() => wanted);
        throw error;
      });
    return 'arranged';
  }

  return {
    arrange: (definition) => asked(() => arrange(definition)),
    isArranged: (definition) =>
      asked(async () => {
        const found = await unlessUnknown(scheduleOf(definition).describe());
        if (definition.removed !== undefined) return found === 'unknown';
        if (found === 'unknown') return false;
        const { note, paused } = found.state;
        return note === noteOf(definition) && paused === (definition.paused !== undefined);
      }),
    trigger: (definition) =>
      asked(async () => {
        await scheduleOf(definition).trigger(ScheduleOverlapPolicy.SKIP);
        return 'triggered' as const;
      }),
    nextTimes: (definition) =>
      asked(async () => {
        if (definition.removed !== undefined || definition.paused !== undefined) return [];
        const found = await unlessUnknown(scheduleOf(definition).describe());
        return found === 'unknown' ? [] : found.info.nextActionTimes.map((time) => time.getTime());
      }),
    isHeld: ({ workflowId }) =>
      asked(async () => {
        try {
          const { status } = await client.workflow.getHandle(workflowId).describe();
          return status.name === 'RUNNING';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      }),
    async tell({ orgId, definitionId, id: reviewId, workflowId }) {
      const input: ReviewInput = { orgId, definitionId, reviewId, slicesPerRun };
      try {
        return await asked(async () => {
          await client.workflow.signalWithStart(WORKFLOWS.review, {
            ...startOf(orgId, queues),
            ...{ args: [input], workflowId, signal: REVIEW_CHANGED },
            workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          });
          return 'told' as const;
        });
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'over';
        throw error;
      }
    },
  };
}

/** Shown in the Temporal UI, and compared: whoever edits the schedule there is overruled by the definition. */
function noteOf({ rev }: Pick<ReviewDefinition, 'rev'>): string {
  return `Revision ${rev} of the definition. Change it there.`;
}

function startOf(orgId: string, queues: TaskQueues) {
  return {
    taskQueue: queues.orchestration,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: ORG_ID, value: orgId },
      { key: PHASE, value: 'collecting' },
    ]),
  };
}

function scheduleFor(definition: ReviewDefinition, slicesPerRun: number, queues: TaskQueues) {
  const { orgId, id: definitionId, calendar, timeZone, jitterMinutes, paused } = definition;
  const { months, days } = daysOf(calendar);
  const [hour = '0', minute = '0'] = calendar.time.split(':');
  const input: ReviewInput = { orgId, definitionId, slicesPerRun };
  const scheduleId = reviewScheduleId(orgId, definitionId);
  return {
    scheduleId,
    spec: {
      calendars: [
        {
          month: months.flatMap((month) => MONTHS[month - 1] ?? []),
          dayOfMonth: [...days],
          ...{ hour: Number(hour), minute: Number(minute) },
        },
      ],
      timezone: timeZone,
      jitter: jitterMinutes * 60_000,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '2 days' },
    action: {
      ...{ type: 'startWorkflow', workflowType: WORKFLOWS.review, workflowId: scheduleId, args: [input] },
      ...startOf(orgId, queues),
    },
    state: { paused: paused !== undefined, note: noteOf(definition) },
  } satisfies ScheduleOptions;
}

async function unlessUnknown<T>(asked: Promise<T>): Promise<T | 'unknown'> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return 'unknown';
    throw error;
  }
}
