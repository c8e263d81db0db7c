import { z } from 'zod';
import { FINDING_STATES } from '../../shared/domain/reviews/finding.ts';
import { REVIEW_RULES } from '../../shared/domain/reviews/rules/all-rules.ts';
import { REPORT_FORMATS, REVIEW_STATES } from '../../shared/domain/reviews/review.ts';
import { idField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

export const ruleField = z.enum(REVIEW_RULES.map(({ name }) => name));

/** Query of the list of reviews. */
export const reviewsQuery = z.strictObject({
  ...pageFields,
  definitionId: idField.optional(),
  state: z.enum(REVIEW_STATES).optional(),
});

/** Query of the findings of a review. */
export const findingsQuery = z.strictObject({
  ...pageFields,
  state: z.enum(FINDING_STATES).optional(),
  rule: ruleField.optional(),
  reviewerId: idField.optional().describe('Who is asked.'),
  personId: idField.optional().describe('Whom they are about.'),
});

/** Query of the report. */
export const reportQuery = z.strictObject({
  format: z
    .enum(REPORT_FORMATS)
    .optional()
    .describe('Absent: what `Accept` names first of JSON, CSV and HTML; else JSON.'),
});
