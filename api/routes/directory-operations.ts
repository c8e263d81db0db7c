import { z } from 'zod';
import { accountExample, accountSchema } from '../directory/account-schema.ts';
import {
  appPassword,
  credentials,
  delivery,
  mailboxQuery,
  whichTarget,
} from '../directory/directory-fields.ts';
import {
  deliverySchema,
  manageableExample,
  manageableSchema,
  messagesExample,
  messagesSchema,
  sessionSchema,
  signedInSchema,
} from '../directory/directory-schema.ts';
import type { ProblemCode } from '../http/problem.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { sessionToken } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { personId } from '../openapi/parameters.ts';

export const ofAccount = { params: { personId } };
/** Of what is asked of the account of a person. */
export const OF_ACCOUNTS: readonly ProblemCode[] = [
  'PERSON_NOT_FOUND',
  'ACCOUNT_NOT_FOUND',
  'TARGET_UNKNOWN',
];

const read = 'directory:read';
const write = 'directory:write';
const accountId = EXAMPLE.leaAccount;
const appPasswordSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  appPassword: z.string().describe('Shown in this answer and nowhere else.'),
});

export const directoryOperations = operations('Directory', {
  signIn: {
    ...{ method: 'post', path: '/v1/directory/sign-in', scope: write },
    summary: 'Sign in to an account',
    description: 'An unknown address and a wrong secret are one answer.',
    body: takes(credentials, {
      'With the password': { address: 'lea@example.com', secret: 'correct horse battery' },
      'With an app password': { address: 'lea@example.com', secret: 'k2xq-…', protocol: 'imap' },
    }),
    answers: {
      200: gives('Signed in.', signedInSchema, {
        result: 'signed_in',
        accountId,
        sessionToken: 'org_….acc_….pQ4…',
      }),
    },
    problems: ['INVALID_CREDENTIALS', 'ACCOUNT_DISABLED', 'PROTOCOL_OFF', 'TARGET_UNKNOWN'],
  },
  getSession: {
    ...{ method: 'get', path: '/v1/directory/session', scope: read },
    summary: 'See whether a session is open',
    headers: [sessionToken],
    query: whichTarget,
    answers: { 200: gives('It is.', sessionSchema, { result: 'active', accountId, protocol: 'web' }) },
    problems: ['SESSION_UNKNOWN', 'ACCOUNT_DISABLED', 'TARGET_UNKNOWN'],
  },
  deliverMail: {
    ...{ method: 'post', path: '/v1/directory/deliver', scope: write },
    summary: 'Hand in a mail from outside',
    body: takes(delivery, {
      'A mail': {
        from: 'customer@elsewhere.example',
        to: 'lea@example.com',
        subject: 'Order 7',
        text: 'When?',
      },
    }),
    answers: {
      200: gives('Where it went.', deliverySchema, {
        ...{ result: 'stored', accountId, messageId: 'msg_01KA0QC8E1G4JNQSVX0Z3B5DFH', forwards: [] },
      }),
    },
    problems: ['NO_SUCH_ADDRESS', 'MAILBOX_FULL', 'MESSAGE_TOO_LARGE', 'REDIRECT_FAILED', 'TARGET_UNKNOWN'],
  },
  getAccount: {
    ...ofAccount,
    ...{ method: 'get', path: '/v1/directory/accounts/:personId', scope: read },
    summary: 'See an account',
    query: whichTarget,
    answers: { 200: gives('The account.', accountSchema, accountExample) },
    problems: OF_ACCOUNTS,
  },
  listManageable: {
    ...ofAccount,
    ...{ method: 'get', path: '/v1/directory/accounts/:personId/manages', scope: read },
    summary: 'See the accounts that this one may manage',
    description: 'An administrator may manage all of them, everybody else none.',
    query: mailboxQuery,
    answers: { 200: gives('One page.', manageableSchema, manageableExample, 'Link') },
    problems: ['NOT_AN_ADMINISTRATOR', ...OF_ACCOUNTS],
  },
  listMessages: {
    ...ofAccount,
    ...{ method: 'get', path: '/v1/directory/accounts/:personId/messages', scope: read },
    summary: 'List the messages of a mailbox',
    query: mailboxQuery,
    answers: { 200: gives('One page.', messagesSchema, messagesExample, 'Link') },
    problems: OF_ACCOUNTS,
  },
  addAppPassword: {
    ...ofAccount,
    ...{ method: 'post', path: '/v1/directory/accounts/:personId/app-passwords', scope: write },
    summary: 'Make an app password',
    body: takes(appPassword, { 'For a phone': { label: 'phone' } }),
    answers: {
      201: gives('The app password was made.', appPasswordSchema, {
        ...{ id: 'app_01KA0QD9F2H5KPRTWY1A4C6EGJ', label: 'phone', appPassword: 'k2xq-…' },
      }),
    },
    problems: OF_ACCOUNTS,
  },
});
