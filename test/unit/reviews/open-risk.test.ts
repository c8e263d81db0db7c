import { expect, test } from '@jest/globals';
import { FINDING_STATES, WITHDRAWAL_REASONS } from '../../../shared/domain/reviews/finding.ts';
import { isOpenRisk } from '../../../shared/domain/reviews/open-risk.ts';

test('whatever was not kept, attested or proven is an open risk', () => {
  const safe = FINDING_STATES.filter((state) => !isOpenRisk({ state }));
  expect(safe).toEqual(['kept', 'attested', 'done']);
});

test('what was called off is one, and what was answered is none', () => {
  const risks = WITHDRAWAL_REASONS.filter((withdrawnFor) =>
    isOpenRisk({ state: 'withdrawn', action: { withdrawnFor } }),
  );
  expect(risks).toEqual(['CASE_CANCELLED', 'REVIEW_CANCELLED']);
});
