import type { CaseProgress } from '../../../shared/domain/case/progress.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import type { NoticeNumbers } from '../../../shared/domain/case/next-work.ts';
import { DEPARTURE_PROCEDURE } from '../../../shared/domain/planner/departure-procedure.ts';
import {
  planDeparture,
  type DeparturePlanInput,
  type PlannedDeparture,
} from '../../../shared/domain/planner/plan-departure.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW = Date.parse('2026-03-02T08:00:00Z');

/** A departure on 1 April in Zurich, planned on 2 March; a test names what it is about. */
export function plannedDeparture(overrides: Partial<DeparturePlanInput> = {}): PlannedDeparture {
  return planDeparture(
    {
      procedure: DEPARTURE_PROCEDURE,
      version: 1,
      nowMs: NOW,
      timeZone: 'Europe/Zurich',
      lastDay: '2026-04-01',
      leaveTime: '17:30',
      urgent: false,
      targets: ['directory'],
      autoReplyDays: 30,
      noticePossible: true,
      ...overrides,
    },
    localCalendar,
  );
}

export function openDeparture(overrides: Partial<DeparturePlanInput> = {}): CaseProgress {
  return openCase({
    plan: plannedDeparture(overrides).plan,
    requestedBy: 'own_requester',
    onLegalHold: false,
  });
}

export const NUMBERS: NoticeNumbers = {
  flagAfterMs: (step) => (step.patience === 'dayZero' ? 15 * 60_000 : undefined),
  attentionReminderMs: DAY,
  approvalReminderMs: DAY,
  approvalEscalationMs: 3 * DAY,
};
