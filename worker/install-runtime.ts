import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from '../shared/platform/logging.ts';

/**
 * The SDK's own messages go where ours go. Inputs and results of activities are never logged. Its own metrics are served at
 * `metricsAddress`, where there is one.
 */
export function installRuntime(logger: Logger, metricsAddress?: string): void {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // Said of the worker that only has activities, where it is as it should be.
      if (message.startsWith('No workflows registered')) return;
      logger[levels[level]](
        {
          sdk: meta?.['sdkComponent'],
          ...idsOf(meta?.['workflowId']),
          activity: meta?.['activityType'],
          attempt: meta?.['attempt'],
        },
        message,
      );
    }),
    ...(metricsAddress === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: metricsAddress } } } }),
    shutdownSignals: [],
  });
}

/** The id of a case's workflow is its kind, its organisation and itself. */
function idsOf(workflowId: unknown): Readonly<Record<string, unknown>> {
  const [, orgId, caseId] = typeof workflowId === 'string' ? workflowId.split(':') : [];
  return caseId === undefined ? { workflowId } : { workflowId, orgId, caseId };
}
