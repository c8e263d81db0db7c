import { z } from 'zod';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { openOperations, showsPage } from '../openapi/operation.ts';
import { OF_NO_USE } from './link-answers.ts';

const link = {
  path: '/review/:token',
  params: {
    token: { description: 'The secret of the link that was mailed to a reviewer.', example: 'q1Zx…' },
  },
  query: z.object({
    from: z.string().optional().describe('The last finding of the page before; its link says it.'),
  }),
  problems: ['INVALID_REQUEST'],
} as const;
const ofNoUse = {
  ...OF_NO_USE,
  410: showsPage('The review is over, or somebody else was asked in the place of this reviewer.'),
};

export const reviewPageOperations = openOperations('Pages', {
  showReviewPage: {
    ...link,
    method: 'get',
    summary: 'Open the page on which a reviewer decides',
    description:
      'Decides nothing: mail filters open links. It shows what this reviewer is asked, fifty findings a page, and what somebody else decided about administrators; never anything about the reviewer.',
    answers: { 200: showsPage('The findings with their forms.'), ...ofNoUse },
  },
  submitReviewPage: {
    ...link,
    method: 'post',
    summary: 'Decide about one or several findings of a page',
    body: {
      type: 'application/x-www-form-urlencoded',
      schema: z.record(z.string(), z.string()),
      examples: {
        'Two of them': {
          [`${EXAMPLE.finding}.kind`]: 'keep',
          [`${EXAMPLE.finding}.until`]: '2027-06-30',
          [`${EXAMPLE.finding}.reason`]: 'On a long project abroad',
          [`${EXAMPLE.otherFinding}.verdict`]: 'confirm',
        },
      },
    },
    answers: {
      200: showsPage('What is left to decide.'),
      422: showsPage('The form again, with what is wrong beside the finding. The others are decided.'),
      ...ofNoUse,
    },
    problems: ['INVALID_REQUEST', 'BODY_TOO_LARGE', 'CONTENT_TYPE_UNSUPPORTED'],
  },
});
