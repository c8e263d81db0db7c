import { z } from 'zod';
import { LINK_KINDS, RECOVERY_KINDS } from '../../directory/access.ts';
import {
  delegations,
  link,
  linkUse,
  memberships,
  oauthGrant,
  protocols,
  recoveryMeans,
} from '../directory/access-fields.ts';
import { writtenSchema } from '../directory/directory-schema.ts';
import { instant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { OF_PASSWORDS } from '../people/credentials/check-password.ts';
import { OF_ACCOUNTS, ofAccount } from './directory-operations.ts';

const shownOnce = z.string().describe('Shown in this answer and nowhere else.');
const passwordSetSchema = z.strictObject({ result: z.literal('password_set'), accountId: z.string() });
const grantSchema = z.strictObject({
  id: z.string(),
  client: z.string(),
  scopes: z.array(z.string()),
  grantToken: shownOnce,
});
const linkSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(LINK_KINDS),
  expiresAt: instant,
  link: shownOnce,
});
const recoverySchema = z.strictObject({ id: z.string(), kind: z.enum(RECOVERY_KINDS), label: z.string() });

const account = '/v1/directory/accounts/:personId';
const scope = 'directory:write';
const add = { ...ofAccount, method: 'post', scope, problems: OF_ACCOUNTS } as const;
const set = {
  ...ofAccount,
  method: 'put',
  scope,
  problems: OF_ACCOUNTS,
  answers: { 200: gives('It is so.', writtenSchema, { result: 'changed' }) },
} as const;

export const directoryAccessOperations = operations('Directory', {
  useLink: {
    ...{ method: 'post', path: '/v1/directory/links/use', scope },
    summary: 'Set a password with a link',
    body: takes(linkUse, {
      'With its text': { link: 'org_….acc_….nB7…', password: 'a sentence only I would say' },
    }),
    answers: {
      200: gives('The password is set.', passwordSetSchema, {
        result: 'password_set',
        accountId: EXAMPLE.leaAccount,
      }),
    },
    problems: [
      ...(['LINK_UNKNOWN', 'LINK_USED', 'LINK_VOID', 'LINK_EXPIRED'] as const),
      ...(['ACCOUNT_DISABLED', 'TARGET_UNKNOWN'] as const),
      ...OF_PASSWORDS,
    ],
  },
  addOauthGrant: {
    ...{ ...add, path: `${account}/oauth-grants` },
    summary: 'Let an application in',
    body: takes(oauthGrant, {
      'A calendar application': { client: 'Calendar on the web', scopes: ['calendar'] },
    }),
    answers: {
      201: gives('The grant.', grantSchema, {
        id: 'gra_01KA0QF1H4K7MRSVX3B6D8FJNP',
        client: 'Calendar on the web',
        scopes: ['calendar'],
        grantToken: 'zT5…',
      }),
    },
  },
  addLink: {
    ...{ ...add, path: `${account}/links` },
    summary: 'Make a setup or reset link',
    body: takes(link, { 'For a day': { kind: 'reset', expiresInHours: 24 } }),
    answers: {
      201: gives('The link.', linkSchema, {
        id: 'lnk_01KA0QG2J5M8NSTWY4C7E9GKQR',
        kind: 'reset',
        expiresAt: '2026-12-02T09:00:00.000Z',
        link: 'org_….acc_….nB7…',
      }),
    },
  },
  addRecoveryMeans: {
    ...{ ...add, path: `${account}/recovery-means` },
    summary: 'Add a second factor or a way of recovery',
    body: takes(recoveryMeans, { 'An authenticator': { kind: 'totp', label: 'phone' } }),
    answers: {
      201: gives('It was added.', recoverySchema, {
        id: 'rec_01KA0QH3K6N9PTVXZ5D8FAHMRS',
        kind: 'totp',
        label: 'phone',
      }),
    },
  },
  setProtocols: {
    ...{ ...set, path: `${account}/protocols` },
    summary: 'Switch mail protocols on and off',
    body: takes(protocols, { 'IMAP alone': { imap: true, pop: false, smtp: false } }),
  },
  setMemberships: {
    ...{ ...set, path: `${account}/memberships` },
    summary: 'Set groups and mailing lists',
    body: takes(memberships, { 'One of each': { groups: ['sales'], lists: ['all@example.com'] } }),
  },
  setDelegations: {
    ...{ ...set, path: `${account}/delegations` },
    summary: 'Set the rights on mailboxes and calendars of others',
    body: takes(delegations, {
      "To read Mona's mailbox": {
        delegations: [{ ownerPersonId: EXAMPLE.mona, resource: 'mailbox', right: 'read' }],
      },
    }),
    problems: [...OF_ACCOUNTS, 'PERSON_UNKNOWN'],
  },
});
