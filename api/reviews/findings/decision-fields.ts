import { z } from 'zod';
import { DECISION_KINDS, type DecisionKind } from '../../../shared/domain/reviews/decision.ts';
import type { WantedDecision } from '../../../shared/domain/reviews/decide.ts';
import { UNDECIDED_STATES } from '../../../shared/domain/reviews/finding.ts';
import { ACCOUNT_ROLES } from '../../../shared/domain/person.ts';
import { dateField, idField, longText } from '../../http/fields.ts';
import { ruleField } from '../review-fields.ts';

const members = {
  reason: longText,
  until: dateField
    .optional()
    .describe('Of `keep`: a day to come, three years from now at most. `YYYY-MM-DD`.'),
  proof: longText.optional().describe('Of `attest`: how it can be seen that somebody did it by hand.'),
  lastDay: dateField.optional().describe('Of `start_departure`, `YYYY-MM-DD`; absent: at once.'),
  role: z.enum(ACCOUNT_ROLES).optional().describe('Of `change_role`.'),
};
const typedName = z
  .string()
  .min(1)
  .max(300)
  .optional()
  .describe('Of `start_deletion`: the full name of the person.');

type Member = 'until' | 'proof' | 'lastDay' | 'role' | 'typedName';
const NEEDED: Readonly<Partial<Record<DecisionKind, Member>>> = {
  keep: 'until',
  attest: 'proof',
  change_role: 'role',
  start_deletion: 'typedName',
};
const MEMBERS: readonly Member[] = ['until', 'proof', 'lastDay', 'role', 'typedName'];

type Flat = { readonly kind: DecisionKind } & Readonly<Partial<Record<Member, string | undefined>>>;

/** Each kind has its own members: what it needs is there, and nothing is ignored. */
function checkMembers(decision: Flat, context: Pick<z.core.$RefinementCtx, 'addIssue'>): void {
  const { kind } = decision;
  const needed = NEEDED[kind];
  if (needed !== undefined && decision[needed] === undefined)
    context.addIssue({ code: 'custom', path: [needed], message: `The decision ${kind} needs this.` });
  for (const member of MEMBERS) {
    const isTaken = member === needed || (member === 'lastDay' && kind === 'start_departure');
    if (!isTaken && decision[member] !== undefined)
      context.addIssue({
        code: 'custom',
        path: [member],
        message: `The decision ${kind} does not take this.`,
      });
  }
}

/** Body of a decision. What is checked of it here has the type of one. */
export const decisionFields = z
  .strictObject({ kind: z.enum(DECISION_KINDS), ...members, typedName })
  .superRefine(checkMembers)
  .transform((decision) => decision as WantedDecision);

const bulkKinds = DECISION_KINDS.filter((kind) => kind !== 'start_deletion');
const MOST_NAMED = 500;
const MOST_FOUND = 5_000;

/** Body of `POST /v1/reviews/{id}/decisions`. */
export const bulkFields = z
  .strictObject({
    decision: z
      .strictObject({ kind: z.enum(bulkKinds), ...members })
      .superRefine(checkMembers)
      .transform((decision) => decision as WantedDecision)
      .describe('One for all. A deletion is decided for each by itself: its name has to be typed.'),
    findingIds: z
      .array(idField)
      .min(1)
      .max(MOST_NAMED)
      .transform((ids) => [...new Set(ids)])
      .optional(),
    filter: z
      .strictObject({
        rule: ruleField.optional(),
        state: z.enum(UNDECIDED_STATES).default('open'),
        expected: z
          .int()
          .min(1)
          .max(MOST_FOUND)
          .describe(
            'How many there are as you have seen it: where there are more or fewer, nothing is decided.',
          ),
      })
      .optional()
      .describe('In place of `findingIds`: all of these.'),
  })
  .superRefine(({ findingIds, filter }, context) => {
    if ((findingIds === undefined) === (filter === undefined))
      context.addIssue({ code: 'custom', path: ['findingIds'], message: 'Either findingIds or a filter.' });
  });
export type BulkFields = z.output<typeof bulkFields>;

/** Body of the second person. */
export const confirmFields = z.strictObject({
  verdict: z
    .enum(['confirm', 'reject'])
    .default('confirm')
    .describe('`reject`: somebody has to decide again.'),
});
