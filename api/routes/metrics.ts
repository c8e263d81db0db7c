import { Registry } from 'prom-client';
import { mayReadMetrics } from '../../shared/platform/metrics/metrics-access.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { metricsOperations } from './metrics-operations.ts';

/** `/metrics` for Prometheus: for this machine, or for whoever has the token. Needs no API key, which belongs to one organisation. */
export function metricsRoutes({ metrics, metricsToken }: ApiContext): readonly OpenRoute[] {
  return openRoutesOf(metricsOperations, {
    readMetrics: [
      async (request, response) => {
        if (!mayReadMetrics(request, metricsToken))
          throw new Problem('METRICS_TOKEN_REQUIRED', { headers: { 'WWW-Authenticate': 'Bearer' } });
        response.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await metrics.read());
      },
    ],
  });
}
