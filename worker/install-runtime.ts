import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from '../shared/platform/logging.ts';

/** The SDK's own messages go where ours go. Inputs and results of activities are never logged. */
export function installRuntime(logger: Logger): void {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // Said of the worker that only has activities, where it is as it should be.
      if (message.startsWith('No workflows registered')) return;
      logger[levels[level]](
        {
          sdk: meta?.['sdkComponent'],
          workflowId: meta?.['workflowId'],
          activityType: meta?.['activityType'],
        },
        message,
      );
    }),
    shutdownSignals: [],
  });
}
