import { mailboxQuery, whichTarget } from '../directory/directory-fields.ts';
import {
  belongingsExample,
  belongingsSchema,
  messagesExample,
  messagesSchema,
} from '../directory/directory-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { gives, operations } from '../openapi/operation.ts';
import { OF_ACCOUNTS, ofAccount } from './directory-operations.ts';

const of = { ...ofAccount, method: 'get', scope: 'directory:read', query: whichTarget } as const;

export const belongingsOperations = operations('Directory', {
  listBelongings: {
    ...{ ...of, path: '/v1/directory/accounts/:personId/belongings' },
    summary: 'See what an account owns',
    answers: { 200: gives('Files, calendars, meetings, contacts.', belongingsSchema, belongingsExample) },
    problems: OF_ACCOUNTS,
  },
  listMessagesAsAnother: {
    ...{ ...of, path: '/v1/directory/accounts/:personId/messages/as/:readerId' },
    summary: 'List the messages of a mailbox as somebody else may see it',
    params: {
      ...ofAccount.params,
      readerId: { description: 'The person who reads.', example: EXAMPLE.mona },
    },
    query: mailboxQuery,
    answers: { 200: gives('One page.', messagesSchema, messagesExample, 'Link') },
    problems: [...OF_ACCOUNTS, 'NO_MAILBOX_ACCESS'],
  },
});
