import { z } from 'zod';
import { openOperations, showsPage } from '../openapi/operation.ts';
import { OF_NO_USE } from './link-answers.ts';

/** What the form of the page sends. */
export const passwordForm = z.object({
  password: z.string(),
  repeated: z.string().describe('The same again.'),
});

const link = {
  path: '/setup/:token',
  params: { token: { description: 'The secret of a setup link.', example: 'q1Zx…' } },
  problems: ['INVALID_REQUEST'],
} as const;
const ofNoUse = { ...OF_NO_USE, 410: showsPage('The link was used, is void, or has expired.') };

export const setupOperations = openOperations('Pages', {
  showSetupPage: {
    ...link,
    method: 'get',
    summary: 'Open the page behind a setup link',
    answers: { 200: showsPage('A form for the new password.'), ...ofNoUse },
  },
  setPassword: {
    ...link,
    method: 'post',
    summary: 'Set the password of a person, once for each link',
    body: {
      type: 'application/x-www-form-urlencoded',
      schema: passwordForm,
      examples: {
        'The form': { password: 'a sentence only I would say', repeated: 'a sentence only I would say' },
      },
    },
    answers: {
      200: showsPage('The password is set.'),
      422: showsPage('The form again, with what is wrong.'),
      ...ofNoUse,
    },
    problems: ['INVALID_REQUEST', 'BODY_TOO_LARGE', 'CONTENT_TYPE_UNSUPPORTED'],
  },
});
