import { openOperations } from '../openapi/operation.ts';

export const metricsOperations = openOperations('Operating', {
  readMetrics: {
    ...{ method: 'get', path: '/metrics' },
    summary: 'Read the metrics of all processes, as Prometheus does',
    description:
      'From this machine, or with the token of the metrics (`Authorization: Bearer …`), which is no API key.',
    answers: { 200: { description: 'Them.', headers: [], content: { type: 'text/plain' } } },
    problems: ['METRICS_TOKEN_REQUIRED'],
  },
});
