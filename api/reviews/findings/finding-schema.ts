import { z } from 'zod';
import { DECISION_KINDS } from '../../../shared/domain/reviews/decision.ts';
import { FINDING_STATES } from '../../../shared/domain/reviews/finding.ts';
import { RULE_NAMES } from '../../../shared/domain/reviews/rule-names.ts';
import { ACCOUNT_ROLES } from '../../../shared/domain/person.ts';
import { accountRef, instant } from '../../http/answer-fields.ts';
import { EXAMPLE } from '../../openapi/example-ids.ts';

const kind = z.enum(DECISION_KINDS);
const decider = {
  ownerId: z.string(),
  personId: z.string().optional(),
  via: z.enum(['key', 'link']),
};

const decision = z
  .strictObject({
    kind,
    reason: z.string(),
    by: z.strictObject(decider),
    at: instant,
    until: z.string().optional(),
    proof: z.string().optional(),
    role: z.enum(ACCOUNT_ROLES).optional(),
    lastDay: z.string().optional(),
    second: z
      .strictObject({ ...decider, at: instant })
      .optional()
      .describe('Who else agreed.'),
  })
  .meta({ id: 'FindingDecision' });

const action = z
  .strictObject({
    disableAt: instant.optional().describe('When the account is disabled, unless somebody signs in.'),
    warned: z.array(z.int()).optional().describe('Warnings that were sent, by their days before.'),
    startedAt: instant.optional(),
    caseId: z.string().optional(),
    provenAt: instant.optional(),
    withdrawnFor: z.string().optional().describe('Why nothing came of it: `SIGNED_IN`, `CASE_CANCELLED`.'),
    fault: z
      .strictObject({ code: z.string(), sentence: z.string(), at: instant })
      .optional()
      .describe('Why it could not be started: the code of a problem.'),
  })
  .meta({ id: 'FindingAction', description: 'What became of a decision that Gangway carries out.' });

export const findingSchema = z
  .strictObject({
    id: z.string(),
    reviewId: z.string(),
    rule: z.enum(RULE_NAMES),
    title: z.string(),
    sentence: z.string().describe('What was found, without the name of the person.'),
    value: z.union([z.number(), z.string()]).describe('What was compared.'),
    threshold: z.number().optional(),
    evidence: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .describe('What was seen, so that it can be checked.'),
    person: z
      .strictObject({
        id: z.string(),
        name: z.string().optional(),
        address: z.string().optional(),
        department: z.string().optional(),
      })
      .optional()
      .describe('Whom it is about; absent: an account of nobody.'),
    account: accountRef.optional().describe('The account it is about; absent: the person as such.'),
    about: z.string().optional().describe('An alias, where a redirect leads.'),
    proposes: kind,
    allows: z.array(kind).describe('What can be decided.'),
    needsSecond: z.boolean().describe('About an administrator two people decide.'),
    state: z
      .enum(FINDING_STATES)
      .describe(
        '`open`, `awaiting_second` and `refused` (it could not be started) wait for somebody. `kept`, `attested`, `done`, `withdrawn` and `defaulted` are ends.',
      ),
    reviewer: z
      .strictObject({ id: z.string(), name: z.string().optional() })
      .optional()
      .describe('Who is asked; absent: the organisation.'),
    decision: decision.optional(),
    action: action.optional(),
    foundAt: instant,
  })
  .meta({ id: 'Finding', description: 'One thing that a review found, and what became of it.' });

export const findingExample: z.output<typeof findingSchema> = {
  ...{ id: EXAMPLE.finding, reviewId: EXAMPLE.review, rule: 'inactive', title: 'Account inactive' },
  sentence: 'Nobody signed in for 121 days; 90 days or more are found.',
  ...{ value: 121, threshold: 90, evidence: { lastLoginAt: '2026-09-02T06:41:09.000Z' } },
  person: { id: EXAMPLE.lea, name: 'Lea Leaver', address: 'lea@example.com', department: 'Sales' },
  account: { target: 'directory', accountId: EXAMPLE.leaAccount },
  ...{ proposes: 'disable', allows: ['keep', 'attest', 'disable', 'start_departure'], needsSecond: false },
  state: 'open',
  reviewer: { id: EXAMPLE.mona, name: 'Mona Manager' },
  foundAt: '2027-01-01T07:02:14.000Z',
};

export const decidedExample: z.output<typeof findingSchema> = {
  ...findingExample,
  state: 'decided',
  decision: {
    ...{ kind: 'disable', reason: 'Nobody knows what it is for', at: '2027-01-04T09:12:00.000Z' },
    by: { ownerId: EXAMPLE.owner, via: 'key' },
  },
};
