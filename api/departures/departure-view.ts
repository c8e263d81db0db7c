import type { BriefCaseOf, CaseOf } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import { lockoutTimes, type LockoutTimes } from '../../shared/domain/lockout-times.ts';
import { contentsOf, standingOf } from '../cases/case-view.ts';
import { shownInstant, utc } from '../http/instants.ts';

/** A departure in a list. */
export function departureSummary(record: BriefCaseOf<'departure'>, calendar: LocalCalendar) {
  const { timeZone, leaveAtMs } = record.plan;
  const { outcome } = record.request;
  return {
    id: record.id,
    ...standingOf(record, calendar),
    ...(outcome?.kind === 'retain' ? { retainedUntil: outcome.until } : {}),
    leaveAt: shownInstant(leaveAtMs, timeZone, calendar),
  };
}

/** A departure in full: what was asked, the plan, and for each step what became of it and what proves it. */
export function departureView(
  record: CaseOf<'departure'>,
  evidence: readonly Evidence[],
  calendar: LocalCalendar,
) {
  return {
    ...departureSummary(record, calendar),
    ...contentsOf(record, evidence, calendar),
    lockout: lockoutView(lockoutTimes(record.plan, evidence)),
  };
}

/** From the due instant to the first proof, for each target and for the last of them. */
export function lockoutView({ targets, ...overall }: LockoutTimes) {
  return {
    ...overall,
    targets: targets.map(({ provenAtMs, ...rest }) => ({
      ...rest,
      ...(provenAtMs === undefined ? {} : { provenAt: utc(provenAtMs) }),
    })),
  };
}
