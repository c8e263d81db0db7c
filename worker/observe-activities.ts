import type { Info } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { failureCodeOf } from '../activities/steps/step-failure.ts';
import type { ChainedTry } from '../shared/contract/step.ts';
import { STEP_FAILURES } from '../shared/errors/failure-types.ts';
import { withLogFields, type LogFields } from '../shared/platform/log-context.ts';
import type { Logger } from '../shared/platform/logging.ts';
import type { EndedActivity, WorkerMetrics } from './metrics/worker-metrics.ts';

/** Opaque ids in the input of an activity that a log line may have. */
const IDS = ['orgId', 'caseId', 'stepKey'] as const;

/**
 * Counts every attempt of every activity and writes one line when it ends. What is logged on the way has the ids of the
 * case, the step and the attempt. Inputs and results are not logged.
 */
export function observeActivities(metrics: WorkerMetrics, logger: Logger): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      execute: (input, next) =>
        withLogFields(fieldsOf(info, input.args[0]), async () => {
          const queueMs = Math.max(Date.now() - info.currentAttemptScheduledTimestampMs, 0);
          const ended = metrics.activityBegan({
            ...{ activity: info.activityType, queue: info.taskQueue, attempt: info.attempt },
            ...(info.isLocal ? {} : { queueSeconds: queueMs / 1000 }),
          });
          const beganAtMs = performance.now();
          const end = (outcome: EndedActivity['outcome'], code = ''): void => {
            const ms = Math.round(performance.now() - beganAtMs);
            ended({ outcome, code, seconds: ms / 1000 });
            const line = { outcome, ms, queueMs, ...(code === '' ? {} : { code }) };
            // Said of a step where it failed; of another activity here.
            const isLoud = outcome === 'failed' && stepKeyOf(input.args[0]) === undefined;
            logger[isLoud ? 'warn' : info.isLocal ? 'debug' : 'info'](line, 'activity');
          };
          try {
            const result = await next(input);
            for (const { kind, stepKey, outcome, ms, code } of triesIn(result)) {
              metrics.stepTried(kind, { outcome, code, seconds: ms / 1000 });
              const line = { activity: kind, stepKey, outcome, ms, ...(code === '' ? {} : { code }) };
              logger.info(line, 'activity');
            }
            end(isNotApplicable(result) ? 'not_applicable' : 'done');
            return result;
          } catch (error) {
            if (error instanceof CancelledFailure) end('cancelled');
            else end('failed', codeOf(error));
            throw error;
          }
        }),
    },
  });
}

function fieldsOf(info: Info, input: unknown): LogFields {
  const fields: LogFields = { activity: info.activityType, attempt: info.attempt };
  const { workflowId } = info.workflowExecution ?? {};
  if (workflowId !== undefined) fields['workflowId'] = workflowId;
  for (const id of IDS) {
    const value = memberOf(input, id);
    if (typeof value === 'string') fields[id] = value;
  }
  return fields;
}

function stepKeyOf(input: unknown): unknown {
  return memberOf(input, 'stepKey');
}

function isNotApplicable(result: unknown): boolean {
  return memberOf(result, 'outcome') === 'not_applicable';
}

/** What a chain tells of its steps, which have no activity of their own. */
function triesIn(result: unknown): readonly (ChainedTry & { readonly code: string })[] {
  const tries = memberOf(result, 'tries');
  return Array.isArray(tries) ? (tries as readonly ChainedTry[]).map((one) => ({ code: '', ...one })) : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** One of our codes: whatever else an error calls itself, there is no end of it. */
function codeOf(error: unknown): string {
  if (!(error instanceof ApplicationFailure)) return failureCodeOf(error);
  const { type } = error;
  return typeof type === 'string' && Object.hasOwn(STEP_FAILURES, type) ? type : 'UNEXPECTED';
}
