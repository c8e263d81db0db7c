import { z } from 'zod';
import { noQuery } from '../http/pages.ts';
import { gives, operations } from '../openapi/operation.ts';

const preset = z
  .strictObject({
    country: z.string().describe('ISO 3166-1 alpha-2; `default` for every country without one of its own.'),
    autoReply: z.strictObject({ days: z.int(), maxDays: z.int() }),
    redirect: z
      .strictObject({ days: z.int(), maxDays: z.int() })
      .describe('`maxDays` 0: no redirect at all.'),
    archiveRetentionYears: z.int(),
    source: z.string().describe('Who says so.'),
  })
  .meta({ id: 'CountryPreset' });

export const presetOperations = operations('Departures', {
  listPresets: {
    ...{ method: 'get', path: '/v1/presets', scope: 'departures:read' },
    summary: 'See what each country allows, and who says so',
    description: 'Our reading of the sources, not legal advice.',
    query: noQuery,
    answers: {
      200: gives('Every preset.', z.strictObject({ items: z.array(preset) }), {
        items: [
          {
            country: 'default',
            autoReply: { days: 30, maxDays: 90 },
            redirect: { days: 30, maxDays: 485 },
            archiveRetentionYears: 10,
            source: 'data minimisation and storage limitation (GDPR Article 5)',
          },
        ],
      }),
    },
    problems: [],
  },
});
