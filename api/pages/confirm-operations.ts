import { z } from 'zod';
import { openOperations, showsPage } from '../openapi/operation.ts';
import { OF_NO_USE } from './link-answers.ts';

const link = {
  path: '/confirm/:token',
  params: { token: { description: 'The secret of the link that was mailed to a leaver.', example: 'q1Zx…' } },
  problems: ['INVALID_REQUEST'],
} as const;
const ofNoUse = {
  ...OF_NO_USE,
  410: showsPage('The account is closed, or the departure was called off.'),
};

export const confirmOperations = openOperations('Pages', {
  showConfirmationPage: {
    ...link,
    method: 'get',
    summary: 'Open the page behind the link of a leaver',
    description: 'Confirms nothing: mail filters open links.',
    answers: { 200: showsPage('What is to be confirmed, or that it was.'), ...ofNoUse },
  },
  confirmPrivateMail: {
    ...link,
    method: 'post',
    summary: 'Confirm that private mail is out of the mailbox',
    body: {
      type: 'application/x-www-form-urlencoded',
      schema: z.object({}),
      examples: { 'The form': {} },
    },
    answers: { 200: showsPage('It is confirmed.'), ...ofNoUse },
    problems: ['INVALID_REQUEST', 'BODY_TOO_LARGE', 'CONTENT_TYPE_UNSUPPORTED'],
  },
});
