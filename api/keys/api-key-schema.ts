import { z } from 'zod';
import { instant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

const fields = {
  id: z.string(),
  prefix: z.string().describe('The part of the key that may be shown.'),
  scopes: z.array(z.string()),
  owner: z.strictObject({ id: z.string(), name: z.string() }),
  personId: z.string().optional(),
  createdAt: instant,
  expiresAt: instant.optional(),
  lastUsedAt: instant.optional(),
  revokedAt: instant.optional(),
};

export const apiKeySchema = z.strictObject(fields).meta({ id: 'ApiKey' });

export const createdApiKeySchema = z
  .strictObject({
    ...fields,
    key: z.string().optional().describe('The key itself, shown in this answer and nowhere else.'),
  })
  .meta({ id: 'CreatedApiKey' });

export const apiKeyExample: z.output<typeof apiKeySchema> = {
  id: EXAMPLE.key,
  prefix: 'gw_k3v9q2x1',
  scopes: ['departures:*', 'people:read'],
  owner: { id: EXAMPLE.secondOwner, name: 'Paula, HR' },
  createdAt: '2026-12-01T09:00:00.000Z',
};
