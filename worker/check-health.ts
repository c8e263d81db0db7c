import { StartError } from '../shared/errors/start/start-error.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { checkHealth } from '../shared/platform/health/check-health.ts';
import { giveUp } from '../shared/platform/start/give-up.ts';

/* Entry: whether the worker takes tasks, for a container's health check. It is asked where it serves its metrics. */
try {
  const { workerAddress } = readConfig(process.env).metrics;
  if (workerAddress === undefined)
    throw StartError.of('VARIABLE_MISSING', {
      variable: 'GANGWAY_METRICS_ADDRESS',
      when: 'for the worker and its health check',
    });
  const { hostname, port } = new URL(`http://${workerAddress}`);
  await checkHealth({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), path: '/healthz' });
} catch (error) {
  giveUp(error);
}
