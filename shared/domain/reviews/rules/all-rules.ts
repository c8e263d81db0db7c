import type { ReviewRule } from '../review-rule.ts';
import type { RuleName } from '../rule-names.ts';
import { addressConvention } from './address-convention.ts';
import { administrator, administratorMisplaced } from './administrators.ts';
import { aliasOfNoName, aliasUnused } from './aliases.ts';
import { autoReplyOld } from './auto-reply-old.ts';
import { caseStuck, purgeWaiting, retainedYearly } from './cases.ts';
import { disabledNotDeparted } from './disabled-not-departed.ts';
import { inactive } from './inactive.ts';
import { legalHoldOld } from './legal-hold-old.ts';
import { missingAccount, orphanAccount } from './lost-accounts.ts';
import { neverUsed } from './never-used.ts';
import { quotaNearlyFull } from './quota-nearly-full.ts';
import { redirectOld, redirectOutside } from './redirects.ts';
import { roleDiffers } from './role-differs.ts';

/** Every rule, in the order in which they are shown. */
export const REVIEW_RULES: readonly ReviewRule[] = [
  inactive,
  neverUsed,
  disabledNotDeparted,
  administrator,
  administratorMisplaced,
  roleDiffers,
  aliasUnused,
  aliasOfNoName,
  redirectOld,
  redirectOutside,
  autoReplyOld,
  quotaNearlyFull,
  caseStuck,
  purgeWaiting,
  legalHoldOld,
  retainedYearly,
  addressConvention,
  orphanAccount,
  missingAccount,
];

export function ruleNamed(name: RuleName): ReviewRule {
  const rule = REVIEW_RULES.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}
