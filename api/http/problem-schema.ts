import { z } from 'zod';
import { CASE_KINDS } from '../../shared/domain/case-states.ts';
import { IMPORT_ACTIONS } from '../../shared/domain/imports/import-actions.ts';
import { IMPORT_FIELDS } from '../../shared/domain/imports/import-fields.ts';
import { IMPORT_STATES } from '../../shared/domain/imports/people-import.ts';
import { PERSON_STATUSES } from '../../shared/domain/person.ts';
import { DECISION_KINDS } from '../../shared/domain/reviews/decision.ts';
import { FINDING_STATES } from '../../shared/domain/reviews/finding.ts';
import { REVIEW_STATES } from '../../shared/domain/reviews/review.ts';
import { FILE_FAULT_CODES, MAPPING_FAULT_CODES } from './import-problems.ts';
import { PROBLEM_CODES, problemKindOf, type ProblemCode } from './problem.ts';

const code = z.enum(PROBLEM_CODES);

/** Each code with its sentence, as a list to read. */
export function sentencesOf(codes: readonly ProblemCode[]): string {
  return codes.map((one) => `- \`${one}\`: ${problemKindOf(one).sentence}`).join('\n');
}

/** A member that only some codes have. */
function memberOf<Schema extends z.ZodType>(what: string, schema: Schema, codes: readonly ProblemCode[]) {
  return schema.optional().describe(`${what} With ${codes.join(', ')}.`);
}

/** Members beside those of RFC 9457 and ours: whatever is given as `members` of a `Problem`. */
const members = {
  departureId: memberOf('The departure in the way.', z.string(), [
    'DEPARTURE_EXISTS',
    'DEPARTURE_UNFINISHED',
    'PERSON_KNOWN',
  ]),
  caseId: memberOf('The case in the way.', z.string(), ['CASE_EXISTS', 'CASE_OPEN', 'DEPARTURE_UNFINISHED']),
  kind: memberOf('Its kind.', z.enum(CASE_KINDS), ['CASE_EXISTS']),
  personId: memberOf('Whose it is.', z.string(), [
    'ADDRESS_TAKEN',
    'ADDRESS_QUARANTINED',
    'EXTERNAL_ID_TAKEN',
    'PERSON_KNOWN',
  ]),
  address: memberOf('The one that the convention gives.', z.string(), [
    'ADDRESS_TAKEN',
    'ADDRESS_QUARANTINED',
    'ADDRESS_RESERVED',
    'NO_ADDRESS_LEFT',
  ]),
  personStatus: memberOf('How that person stands.', z.enum(PERSON_STATUSES), ['PERSON_KNOWN']),
  offer: memberOf('The call to make in its place.', z.string(), [
    'PERSON_KNOWN',
    'DEPARTURE_NEEDED',
    'ALREADY_DISABLED',
  ]),
  items: memberOf('The items of the checklist that are open.', z.array(z.string()), ['INVESTIGATION_OPEN']),
  earliest: memberOf('The first day allowed.', z.string(), [
    'DATE_OUT_OF_RANGE',
    'RETENTION_OUT_OF_RANGE',
    'ROLE_DATE_OUT_OF_RANGE',
    'OVERLAP_OUT_OF_RANGE',
  ]),
  latest: memberOf('The last day allowed.', z.string(), [
    'DATE_OUT_OF_RANGE',
    'RETENTION_OUT_OF_RANGE',
    'ROLE_DATE_OUT_OF_RANGE',
    'OVERLAP_OUT_OF_RANGE',
    'REDIRECT_BEYOND_QUARANTINE',
  ]),
  deletionDate: memberOf('The earliest day of the deletion.', z.string(), ['REDIRECT_ENDS_EARLY']),
  endDate: memberOf('When the redirect would end.', z.string(), [
    'REDIRECT_ENDS_EARLY',
    'REDIRECT_BEYOND_QUARANTINE',
  ]),
  country: memberOf('Whose preset.', z.string(), ['PRESET_EXCEEDED']),
  limit: memberOf('What it allows.', z.strictObject({ maxDays: z.int() }), ['PRESET_EXCEEDED']),
  shortestDays: memberOf('The fewest days allowed.', z.int(), ['GRACE_OUT_OF_RANGE']),
  longestDays: memberOf('The most days allowed.', z.int(), ['GRACE_OUT_OF_RANGE']),
  source: memberOf('Who says so.', z.string(), ['PRESET_EXCEEDED']),
  variable: memberOf('The unknown one.', z.string(), ['AUTO_REPLY_VARIABLE_UNKNOWN']),
  known: memberOf('The known ones.', z.array(z.string()), ['AUTO_REPLY_VARIABLE_UNKNOWN']),
  scopes: memberOf('Those the key does not have.', z.array(z.string()), ['SCOPE_EXCEEDED']),
  domain: memberOf('The domain.', z.string(), ['DOMAIN_IN_USE', 'DOMAIN_UNKNOWN']),
  newest: memberOf('The newest version.', z.string(), ['PROCEDURE_OUTDATED']),
  target: memberOf('Which one.', z.string(), [
    'ADDRESS_TAKEN',
    'ACCOUNT_NOT_FOUND',
    'ALIAS_CYCLE',
    'CHANGE_NOT_PROVEN',
    'PASSWORD_NOT_PROVEN',
  ]),
  usedBytes: memberOf('What the mailbox holds.', z.int(), ['QUOTA_BELOW_USE']),
  line: memberOf('Of the file, from 1, where the fault has a place.', z.int(), FILE_FAULT_CODES),
  headers: memberOf('Those it is about.', z.array(z.string()), MAPPING_FAULT_CODES),
  column: memberOf('What a column is missing for, or two are named for.', z.enum(IMPORT_FIELDS), [
    'IMPORT_COLUMN_MISSING',
    'IMPORT_FIELD_TWICE',
  ]),
  state: memberOf('Of the import.', z.enum(IMPORT_STATES), ['IMPORT_STATE']),
  possible: memberOf('What can be done with it.', z.array(z.enum(IMPORT_ACTIONS)), ['IMPORT_STATE']),
  reviewId: memberOf('The review in the way.', z.string(), ['REVIEW_UNDER_WAY']),
  reviewState: memberOf('Of the review.', z.enum(REVIEW_STATES), ['REVIEW_NOT_OPEN', 'REVIEW_OVER']),
  findingState: memberOf('Of the finding.', z.enum(FINDING_STATES), ['FINDING_STATE']),
  allowed: memberOf('What can be decided.', z.array(z.enum(DECISION_KINDS)), ['DECISION_NOT_ALLOWED']),
  found: memberOf('How many there are.', z.int(), ['FINDINGS_COUNT_DIFFERS']),
  inForce: memberOf('The version in force.', z.string(), ['PROCEDURE_IN_FORCE_CHANGED']),
};

export const problemSchema = z
  .strictObject({
    type: z.string().describe('`urn:gangway:problem:` and the code in small letters.'),
    title: z.string().describe('What is wrong, in our words; the same for every occurrence.'),
    status: z.int(),
    code: code.describe(`Stable: decide by it.\n\n${sentencesOf(PROBLEM_CODES)}`),
    detail: z.string().describe('What exactly is wrong this time.'),
    field: z
      .string()
      .optional()
      .describe('Where: a JSON pointer into the body, or the name of a query parameter or a header.'),
    errors: z
      .array(z.strictObject({ field: z.string(), code, detail: z.string() }))
      .optional()
      .describe('Every wrong field, where there are several.'),
    requestId: z.string().describe('Names this request in the log.'),
    ...members,
  })
  .meta({ id: 'Problem', description: 'A refusal, as RFC 9457 has it.' });
