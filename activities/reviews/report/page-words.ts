import type { DecisionKind } from '../../../shared/domain/reviews/decision.ts';
import type { FindingState, WithdrawalReason } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewTerms } from '../../../shared/domain/reviews/review-definition.ts';

/** What a printed report calls things. */
export const STATE_WORDS: Readonly<Record<FindingState, string>> = {
  open: 'not decided',
  awaiting_second: 'waits for a second person',
  decided: 'not begun',
  warned: 'warned, not carried out',
  started: 'under way, not proven',
  refused: 'could not be carried out',
  kept: 'stays as it is',
  attested: 'done by hand, attested',
  done: 'done and proven',
  withdrawn: 'withdrawn',
  defaulted: 'nobody decided in time; nothing was changed',
};

export const DECISION_WORDS: Readonly<Record<DecisionKind, string>> = {
  keep: 'Keep until',
  attest: 'Seen to by hand',
  disable: 'Disable the account',
  start_departure: 'Departure',
  change_role: 'Change the role',
  remove_alias: 'Remove the alias',
  remove_redirect: 'Remove the redirect',
  end_auto_reply: 'End the auto-reply',
  start_deletion: 'Deletion',
};

export const WITHDRAWN_WORDS: Readonly<Record<WithdrawalReason, string>> = {
  SIGNED_IN: 'somebody signed in',
  ALREADY_SO: 'it was so already',
  CASE_CANCELLED: 'the case was called off',
  REVIEW_CANCELLED: 'the review was called off',
};

export const SILENCE_WORDS: Readonly<Record<ReviewTerms['onSilence'], string>> = {
  no_change: 'nothing is changed, and that is reported',
  as_proposed: 'what a finding proposes is carried out, where that can be taken back',
};
