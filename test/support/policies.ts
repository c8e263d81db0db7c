import { DEFAULT_CASE_POLICY, type CasePolicy, type RetryNumbers } from '../../shared/contract/case.ts';
import { HOUR } from './departure.ts';

const sparse = (numbers: RetryNumbers): RetryNumbers => ({
  ...numbers,
  firstRetryMs: HOUR,
  longestRetryMs: 6 * HOUR,
});

/** The deadlines of every day with far fewer tries in between: a step fails after a handful of them. */
export const FEW_TRIES: CasePolicy = {
  ...DEFAULT_CASE_POLICY,
  retries: {
    dayZero: sparse(DEFAULT_CASE_POLICY.retries.dayZero),
    ordinary: sparse(DEFAULT_CASE_POLICY.retries.ordinary),
    long: sparse(DEFAULT_CASE_POLICY.retries.long),
  },
};
