import { z } from 'zod';
import { MEDIA_TYPES } from '../../shared/platform/exports/write-table.ts';
import { CASE_ANSWERS, DEPARTURE_ANSWERS } from '../cases/command-schema.ts';
import { noFields } from '../departures/departure-fields.ts';
import { pageQuery } from '../http/pages.ts';
import type { ProblemCode } from '../http/problem.ts';
import { twoWayPageSchema } from '../http/two-way-pages.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { idempotencyKey, ifMatch, ifNoneMatch, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { personId } from '../openapi/parameters.ts';
import {
  rehiredExample,
  rehiredSchema,
  setupLinkExample,
  setupLinkSchema,
} from '../people/comeback-schema.ts';
import { OF_PASSWORDS } from '../people/credentials/check-password.ts';
import { welcomeRequest } from '../people/credentials/credentials-fields.ts';
import {
  credentialsExample,
  welcomeExample,
  welcomeSchema,
} from '../people/credentials/credentials-schema.ts';
import { changedExample, updatedPersonSchema } from '../people/changes/change-schema.ts';
import { peopleExport, peopleFilter } from '../people/people-selection.ts';
import { personChanges, personCreation, rehireFields } from '../people/person-fields.ts';
import {
  createdPersonSchema,
  listedPersonExample,
  listedPersonSchema,
  personExample,
} from '../people/person-schema.ts';
import { referencesExample, referencesSchema } from '../people/reference-schema.ts';

const XLSX = MEDIA_TYPES.xlsx;
const EXPORT_EXAMPLE = 'first_name,last_name,address,department\r\nLea,Leaver,lea@example.com,Sales\r\n';

const params = { id: personId };
const OF_NAMES: readonly ProblemCode[] = ['EXTERNAL_ID_TAKEN', 'PERSON_KNOWN', 'CONCURRENT_CHANGE'];
export const OF_ADDRESSES: readonly ProblemCode[] = ['ADDRESS_TAKEN', 'ADDRESS_QUARANTINED'];
/** Of what is changed on every target, at once. */
export const OF_CHANGES: readonly ProblemCode[] = [
  ...(['PERSON_NOT_ACTIVE', 'ACCOUNT_NOT_FOUND', 'CONCURRENT_CHANGE'] as const),
  ...(['CHANGE_NOT_PROVEN', 'CHANGE_UNSETTLED'] as const),
];
const OF_REFERENCES: readonly ProblemCode[] = [
  'MANAGER_UNKNOWN',
  'ZONE_UNKNOWN',
  'DATE_INVALID',
  'DATE_OUT_OF_RANGE',
];

export const peopleOperations = operations('People', {
  createPerson: {
    ...{ method: 'post', path: '/v1/people', scope: 'people:write' },
    summary: 'Create a person with an account',
    description:
      'The account is usable at once, and how the person gets in was proven: by a setup link unless `credentials` says otherwise. Without an address the names make one, and the answer says why it is this one. Where the external id belongs to somebody who left, nobody is made a second time: the problem offers the call that brings the person back.',
    headers: [optionalIdempotencyKey],
    body: takes(personCreation, {
      'With a setup link': {
        firstName: 'Lea',
        lastName: 'Leaver',
        address: 'lea@example.com',
        managerId: EXAMPLE.mona,
        groups: ['sales'],
      },
      'With an address made of the names': { firstName: 'Jürgen', lastName: 'von Weiß', locale: 'de' },
      'With a password that is made and shown once': {
        ...{ firstName: 'Max', lastName: 'Muster', address: 'max@example.com' },
        credentials: { kind: 'manual' },
      },
      'With a welcome mail': {
        ...{ firstName: 'Anna', lastName: 'Rossi', address: 'anna@example.com', locale: 'it' },
        credentials: { kind: 'welcome_mail', to: 'anna@home.example' },
      },
      'With accounts on two targets': {
        firstName: 'Mona',
        lastName: 'Manager',
        address: 'mona@example.com',
        externalId: 'staff-17',
        accountRole: 'administrator',
        targets: ['directory', 'branch'],
      },
    }),
    answers: {
      201: gives(
        'The person was made.',
        createdPersonSchema,
        { ...personExample, warnings: [], credentials: credentialsExample },
        'Location',
        'ETag',
      ),
    },
    problems: [
      ...OF_ADDRESSES,
      ...OF_NAMES,
      ...OF_REFERENCES,
      ...(['DOMAIN_UNKNOWN', 'TARGET_UNKNOWN'] as const),
      ...OF_PASSWORDS,
      ...(['WELCOME_NOWHERE', 'CREDENTIALS_UNPROVEN'] as const),
      ...(['NAME_LEAVES_NOTHING', 'NO_ADDRESS_LEFT', 'ADDRESS_RESERVED', 'ALIAS_IS_ADDRESS'] as const),
    ],
  },
  listPeople: {
    ...{ method: 'get', path: '/v1/people', scope: 'people:read' },
    summary: 'List people',
    description:
      'Each with what the caller may do now, by the name of the operation, and why not. `q` finds the beginning of any part of a name, and of an address; of filters that are given together each has to be met.',
    query: peopleFilter,
    answers: {
      200: gives('One page.', twoWayPageSchema(listedPersonSchema), { items: [listedPersonExample] }, 'Link'),
    },
    problems: [],
  },
  // Before the address with an id, which it would be taken for.
  exportPeople: {
    ...{ method: 'get', path: '/v1/people/export', scope: 'people:read' },
    summary: 'Export people as CSV or Excel',
    description:
      'One file, written while people are read, however many there are: an answer that breaks off is not whole. `q` and the filters are those of the list. No text in it is carried out by a spreadsheet: in CSV one that begins like a formula has an apostrophe in front. Several values in one place are separated by `;`. Who took an export, and of whom, is in the audit.',
    query: peopleExport,
    answers: {
      200: {
        description: 'The file.',
        headers: ['Content-Disposition'],
        content: [{ type: 'text/csv', example: EXPORT_EXAMPLE }, { type: XLSX }],
      },
    },
    problems: [],
  },
  getPerson: {
    ...{ method: 'get', path: '/v1/people/:id', scope: 'people:read' },
    summary: 'See a person',
    params,
    headers: [ifNoneMatch],
    answers: {
      200: gives('The person.', listedPersonSchema, listedPersonExample, 'ETag'),
      304: UNCHANGED,
    },
    problems: ['PERSON_NOT_FOUND'],
  },
  updatePerson: {
    ...{ method: 'patch', path: '/v1/people/:id', scope: 'people:write' },
    summary: 'Change what is known of a person',
    description:
      '`null` takes an optional field away. Names are changed on every target as well and read back; the address follows them where that is asked for, and the old one stays as an alias, so that mail to it still arrives.',
    params,
    headers: [ifMatch, optionalIdempotencyKey],
    body: takes(personChanges, {
      'Another manager, and no department': { managerId: EXAMPLE.mona, department: null },
      'A new name that the address follows': { lastName: 'Lander', addressFollows: true },
      'Another address': { address: 'lea.lander@example.com' },
    }),
    answers: { 200: gives('The person as it is now.', updatedPersonSchema, changedExample, 'ETag') },
    problems: [
      'PERSON_NOT_FOUND',
      'MANAGER_IS_SELF',
      'MANAGER_LOOP',
      ...OF_REFERENCES,
      ...OF_NAMES,
      ...OF_ADDRESSES,
      ...OF_CHANGES,
      ...(['DOMAIN_UNKNOWN', 'TOO_MANY_ALIASES', 'NAME_LEAVES_NOTHING', 'NO_ADDRESS_LEFT'] as const),
      'ADDRESS_RESERVED',
    ],
  },
  listReferences: {
    ...{ method: 'get', path: '/v1/people/:id/references', scope: 'people:read' },
    summary: 'See everything that points at a person',
    params,
    query: pageQuery,
    answers: { 200: gives('At this moment, by page.', referencesSchema, referencesExample, 'Link') },
    problems: ['PERSON_NOT_FOUND'],
  },
  rehirePerson: {
    ...{ method: 'post', path: '/v1/people/:id/rehire', scope: 'people:write' },
    summary: 'Take somebody back',
    description:
      'An open departure or deletion is undone, or cancelled where it changed nothing yet; this needs the scope `departures:write` or `cases:write` too. Whoever has departed gets a new account with the old address, and a setup link.',
    params,
    headers: [idempotencyKey],
    body: takes(rehireFields, { 'With its reason': { reason: 'comes back in June' } }),
    answers: {
      200: gives(
        'The departure, or the deletion, is called back.',
        z.union([DEPARTURE_ANSWERS.schemas.calledBack, CASE_ANSWERS.schemas.calledBack]),
        DEPARTURE_ANSWERS.examples.undone,
      ),
      201: gives('The person has a new account.', rehiredSchema, rehiredExample),
    },
    problems: [
      ...([
        'PERSON_NOT_FOUND',
        'TARGET_UNKNOWN',
        'NOTHING_TO_COME_BACK_FROM',
        'DEPARTURE_UNFINISHED',
      ] as const),
      ...OF_ADDRESSES,
      ...(['CASE_CLOSED', 'ALREADY_UNDOING', 'POINT_OF_NO_RETURN', 'PLAN_OUTDATED'] as const),
      ...(['CONCURRENT_CHANGE', 'ENGINE_UNAVAILABLE', 'CREDENTIALS_UNPROVEN'] as const),
    ],
  },
  giveSetupLink: {
    ...{ method: 'post', path: '/v1/people/:id/setup-link', scope: 'people:write' },
    summary: 'Give a link to set a password',
    description: 'Works once, for 72 hours. Older links of the person are void from now on.',
    params,
    headers: [optionalIdempotencyKey],
    body: takes(noFields, { Nothing: {} }),
    answers: { 201: gives('The link.', setupLinkSchema, setupLinkExample) },
    problems: ['PERSON_NOT_FOUND', 'PERSON_NOT_ACTIVE', 'ACCOUNT_NOT_FOUND', 'CREDENTIALS_UNPROVEN'],
  },
  showWelcome: {
    ...{ method: 'get', path: '/v1/people/:id/welcome', scope: 'people:read' },
    summary: 'See how far a welcome mail came',
    params,
    answers: { 200: gives('The welcome.', welcomeSchema, welcomeExample) },
    problems: ['PERSON_NOT_FOUND', 'WELCOME_NOT_FOUND'],
  },
  requestWelcome: {
    ...{ method: 'post', path: '/v1/people/:id/welcome', scope: 'people:write' },
    summary: 'Send a welcome mail, or send it again',
    description:
      'Holds a setup link; older links of the person are void when it is sent. A mail that cannot be sent is tried again for three days, unless the person got in meanwhile.',
    params,
    headers: [optionalIdempotencyKey],
    body: takes(welcomeRequest, {
      'To the private contact': {},
      'To another address, in French': { to: 'lea@home.example', locale: 'fr' },
    }),
    answers: { 202: gives('It is sent, or will be.', welcomeSchema, welcomeExample) },
    problems: [
      ...(['PERSON_NOT_FOUND', 'PERSON_NOT_ACTIVE', 'ACCOUNT_NOT_FOUND'] as const),
      ...(['WELCOME_NOWHERE', 'CONCURRENT_CHANGE'] as const),
    ],
  },
});
