/** What a review looks for. The API, files and documents use these words. */
export const RULE_NAMES = [
  'inactive',
  'never_used',
  'disabled_not_departed',
  'administrator',
  'administrator_misplaced',
  'role_differs',
  'alias_unused',
  'alias_of_no_name',
  'redirect_old',
  'redirect_outside',
  'auto_reply_old',
  'quota_nearly_full',
  'case_stuck',
  'purge_waiting',
  'legal_hold_old',
  'retained_yearly',
  'address_convention',
  'orphan_account',
  'missing_account',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];
