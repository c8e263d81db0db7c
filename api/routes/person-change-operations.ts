import { OF_PASSWORDS } from '../people/credentials/check-password.ts';
import type { ProblemCode } from '../http/problem.ts';
import { pageQuery } from '../http/pages.ts';
import { ifMatch, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { personId } from '../openapi/parameters.ts';
import {
  aliasFields,
  aliasRemoval,
  passwordFields,
  quotaFields,
  roleFields,
} from '../people/changes/change-fields.ts';
import {
  changedExample,
  changesExample,
  changesSchema,
  passwordSetSchema,
} from '../people/changes/change-schema.ts';
import { personSchema } from '../people/person-schema.ts';
import { OF_ADDRESSES, OF_CHANGES } from './people-operations.ts';

const ofPerson = {
  scope: 'people:write',
  params: { id: personId },
  headers: [ifMatch, optionalIdempotencyKey],
} as const;
const refuses = (...own: readonly ProblemCode[]): readonly ProblemCode[] => [
  'PERSON_NOT_FOUND',
  ...OF_CHANGES,
  ...own,
];

/** Changes of one account that are carried out at once, on every target, and answered when they were read back. */
export const personChangeOperations = operations('People', {
  setRole: {
    ...ofPerson,
    ...{ method: 'put', path: '/v1/people/:id/role' },
    summary: 'Make somebody an administrator, or a user again',
    description:
      'An administrator has access to manage all users, so it has to be confirmed. Proven by what the account may do then. The last administrator stays one, and nobody changes their own role.',
    body: takes(roleFields, {
      'An administrator': { role: 'administrator', confirm: true },
      'A user again': { role: 'user' },
    }),
    answers: {
      200: gives(
        'The person as it is now.',
        personSchema,
        { ...changedExample, accountRole: 'administrator' },
        'ETag',
      ),
    },
    problems: refuses(
      ...(['CONFIRMATION_REQUIRED', 'OWN_ROLE', 'ROLE_HELD', 'CASE_OPEN'] as const),
      ...(['LAST_ADMINISTRATOR', 'RESERVED_ALIASES'] as const),
    ),
  },
  addAlias: {
    ...ofPerson,
    ...{ method: 'post', path: '/v1/people/:id/aliases' },
    summary: 'Give somebody another address',
    description: 'Mail to it arrives from then on. One that the person has already changes nothing.',
    body: takes(aliasFields, { 'A shorter one': { alias: 'l.leaver@example.com' } }),
    answers: {
      200: gives(
        'The person as it is now.',
        personSchema,
        { ...changedExample, aliases: ['l.leaver@example.com'] },
        'ETag',
      ),
    },
    problems: refuses(
      ...OF_ADDRESSES,
      ...(['DOMAIN_UNKNOWN', 'ALIAS_IS_ADDRESS', 'ADDRESS_RESERVED'] as const),
      ...(['ALIAS_CYCLE', 'TOO_MANY_ALIASES'] as const),
    ),
  },
  removeAlias: {
    ...ofPerson,
    ...{ method: 'delete', path: '/v1/people/:id/aliases/:alias' },
    params: {
      ...ofPerson.params,
      alias: { description: 'The whole address.', example: 'l.leaver@example.com' },
    },
    summary: 'Take an alias away',
    description:
      'Mail to it is refused from then on. The address rests as long as that of somebody who left; the person may have it back at any time.',
    query: aliasRemoval,
    answers: { 200: gives('The person as it is now.', personSchema, changedExample, 'ETag') },
    problems: refuses('ALIAS_NOT_FOUND'),
  },
  setQuota: {
    ...ofPerson,
    ...{ method: 'put', path: '/v1/people/:id/quota' },
    summary: 'Set what a mailbox may hold',
    description: 'The targets refuse what goes beyond it. Less than it holds already is refused.',
    body: takes(quotaFields, { '2 GiB': { quotaBytes: 2_147_483_648 } }),
    answers: {
      200: gives(
        'The person as it is now.',
        personSchema,
        { ...changedExample, quotaBytes: 2_147_483_648 },
        'ETag',
      ),
    },
    problems: refuses('QUOTA_BELOW_USE'),
  },
  setPersonPassword: {
    ...ofPerson,
    ...{ method: 'put', path: '/v1/people/:id/password' },
    summary: 'Set the password of somebody',
    description:
      'Proven by signing in with it. Open setup links are void from then on; sessions and app passwords stay. Where the person should choose, give a setup link instead.',
    body: takes(passwordFields, {
      'One that is made': {},
      'One that is given': { password: 'tide and lantern and 7' },
    }),
    answers: {
      200: gives(
        'The person as it is now.',
        passwordSetSchema,
        { ...changedExample, generatedPassword: '6r2X…' },
        'ETag',
      ),
    },
    problems: refuses(...OF_PASSWORDS, 'PASSWORD_NOT_PROVEN'),
  },
  listChanges: {
    ...{ method: 'get', path: '/v1/people/:id/changes', scope: 'people:read' },
    summary: 'See what was changed of a person',
    description: 'By whom, from what to what; the newest first. Never a password.',
    params: ofPerson.params,
    query: pageQuery,
    answers: { 200: gives('One page.', changesSchema, changesExample, 'Link') },
    problems: ['PERSON_NOT_FOUND'],
  },
});
