import { z } from 'zod';
import { gives, openOperations } from '../openapi/operation.ts';

const healthSchema = z.strictObject({ status: z.literal('ok') });
const readySchema = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  notReady: z
    .array(z.enum(['database', 'engine', 'api']))
    .describe('What does not answer; `api`: this process is about to stop.'),
});

export const healthOperations = openOperations('Operating', {
  checkHealth: {
    ...{ method: 'get', path: '/healthz' },
    summary: 'See whether this process serves',
    answers: { 200: gives('It does.', healthSchema, { status: 'ok' }) },
    problems: [],
  },
  checkReadiness: {
    ...{ method: 'get', path: '/readyz' },
    summary: 'See whether everything behind it answers',
    answers: {
      200: gives('Everything does.', readySchema, { status: 'ready', notReady: [] }),
      503: gives('Something does not.', readySchema, { status: 'not_ready', notReady: ['engine'] }),
    },
    problems: [],
  },
});
