import { pageSchema } from '../http/pages.ts';
import { keyCreation, keyFilter } from '../keys/api-key-fields.ts';
import { apiKeyExample, apiKeySchema, createdApiKeySchema } from '../keys/api-key-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';

export const apiKeyOperations = operations('API keys', {
  createApiKey: {
    ...{ method: 'post', path: '/v1/api-keys', scope: 'organisation:write' },
    summary: 'Make a key',
    description: 'A key cannot give scopes it does not have.',
    headers: [optionalIdempotencyKey],
    body: takes(keyCreation, {
      'For a new owner': { ownerName: 'Paula, HR', scopes: ['departures:*', 'people:read'] },
      'For somebody of the organisation, until a day': {
        ownerName: 'Mona Manager',
        personId: EXAMPLE.mona,
        scopes: ['approvals:write'],
        expiresAt: '2027-12-31T23:00:00Z',
      },
    }),
    answers: {
      201: gives(
        'The key was made.',
        createdApiKeySchema,
        { ...apiKeyExample, key: 'gw_k3v9q2x1_…' },
        'Location',
      ),
    },
    problems: [
      'SCOPE_UNKNOWN',
      'SCOPE_EXCEEDED',
      'EXPIRY_PAST',
      'PERSON_UNKNOWN',
      'PERSON_NOT_ACTIVE',
      'OWNER_IS_ANOTHER',
    ],
  },
  listApiKeys: {
    ...{ method: 'get', path: '/v1/api-keys', scope: 'organisation:read' },
    summary: 'List keys, revoked ones included',
    query: keyFilter,
    answers: { 200: gives('One page.', pageSchema(apiKeySchema), { items: [apiKeyExample] }, 'Link') },
    problems: [],
  },
  revokeApiKey: {
    ...{ method: 'delete', path: '/v1/api-keys/:id', scope: 'organisation:write' },
    summary: 'Revoke a key',
    params: { id: { description: 'The id of a key.', example: EXAMPLE.key } },
    answers: { 204: { description: 'The key is revoked.', headers: [] } },
    problems: ['KEY_NOT_FOUND', 'LAST_ADMINISTRATION_KEY'],
  },
});
