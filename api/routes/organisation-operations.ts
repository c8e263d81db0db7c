import { ifMatch, ifNoneMatch } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { freezeFields, organisationChanges } from '../organisation/organisation-fields.ts';
import {
  freezeSchema,
  guardSchema,
  organisationExample,
  organisationSchema,
  proposalExample,
  proposedOrganisationSchema,
} from '../organisation/organisation-schema.ts';

const write = 'organisation:write';
const frozen = { by: EXAMPLE.owner, at: '2026-12-01T09:00:00.000Z', reason: 'a key was stolen' };

export const organisationOperations = operations('Organisation', {
  getOrganisation: {
    ...{ method: 'get', path: '/v1/organisation', scope: 'organisation:read' },
    summary: 'See the organisation of the key',
    headers: [ifNoneMatch],
    answers: {
      200: gives('The organisation.', organisationSchema, organisationExample, 'ETag'),
      304: UNCHANGED,
    },
    problems: [],
  },
  getGuard: {
    ...{ method: 'get', path: '/v1/organisation/guard', scope: 'organisation:read' },
    summary: 'See how many departures may go ahead now',
    answers: {
      200: gives('The guard.', guardSchema, { limits: organisationExample.guardLimits, limit: 4, used: 1 }),
    },
    problems: [],
  },
  freezeOrganisation: {
    ...{ method: 'post', path: '/v1/organisation/freeze', scope: write },
    summary: 'Let nothing be taken away or deleted, in any case',
    description: 'Counts from the answer on. What gives back, or only tells people, goes on.',
    headers: [ifMatch],
    body: takes(freezeFields, { 'With its reason': { reason: 'a key was stolen' } }),
    answers: { 202: gives('It counts.', freezeSchema, { frozen: true, ...frozen }, 'ETag') },
    problems: ['CONCURRENT_CHANGE'],
  },
  unfreezeOrganisation: {
    ...{ method: 'post', path: '/v1/organisation/unfreeze', scope: write },
    summary: 'Let everything go on',
    headers: [ifMatch],
    body: takes(freezeFields, { 'With its reason': { reason: 'the key is revoked' } }),
    answers: { 202: gives('It goes on.', freezeSchema, { frozen: false }, 'ETag') },
    problems: ['CONCURRENT_CHANGE'],
  },
  updateOrganisation: {
    ...{ method: 'patch', path: '/v1/organisation', scope: write },
    summary: 'Change the organisation',
    headers: [ifMatch],
    body: takes(organisationChanges, {
      'Where loud failures go': { notificationAddresses: ['it@example.com'] },
      'Other addresses for new people': {
        naming: { convention: 'f.last', onCollision: 'middle_initial', domain: 'example.com' },
      },
      'An own text of welcome mails': {
        welcomeTexts: {
          fr: { subject: 'Bienvenue à bord', text: 'Bonjour {{firstName}}, par ici : {{link}}' },
        },
      },
      'Not more new addresses than the provider takes': {
        targetQuotas: { directory: { addresses: 50, perHours: 24 } },
      },
      'More departures in a day': { guardLimits: { floor: 50, sharePercent: 20, ceiling: 50 } },
    }),
    answers: {
      200: gives('The organisation as it is now.', organisationSchema, organisationExample, 'ETag'),
      202: gives(
        'Changed, except that higher limits wait for a second owner.',
        proposedOrganisationSchema,
        {
          ...organisationExample,
          awaitingSecond: proposalExample,
        },
        'ETag',
      ),
    },
    problems: [
      ...([
        'ZONE_UNKNOWN',
        'TIME_INVALID',
        'PERSON_UNKNOWN',
        'DOMAIN_IN_USE',
        'DOMAIN_UNKNOWN',
        'TARGET_UNKNOWN',
      ] as const),
      ...(['GUARD_SECOND_PERSON_NEEDED', 'CONCURRENT_CHANGE'] as const),
      ...(['WELCOME_VARIABLE_UNKNOWN', 'WELCOME_LINK_MISSING'] as const),
    ],
  },
});
