import type { BriefCase, CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import { lockoutTimes, type LockoutTimes } from '../../shared/domain/lockout-times.ts';
import { stepOf, type PlannedStep } from '../../shared/domain/plan.ts';
import { shownInstant, utc } from '../http/instants.ts';
import { errorView, stepSummaries } from './step-summary.ts';

/** A departure in a list. */
export function departureSummary(record: BriefCase, calendar: LocalCalendar) {
  const { timeZone, leaveAtMs } = record.plan;
  return {
    id: record.id,
    personId: record.personId,
    state: record.state,
    needsAttention: record.needsAttention,
    ...(record.frozen === true ? { frozen: true } : {}),
    /** `requested`: written, and started as soon as the engine can be reached. */
    engine: record.engine,
    ...(record.request.outcome?.kind === 'retain' ? { retainedUntil: record.request.outcome.until } : {}),
    requestedBy: record.requestedBy,
    requestedAt: utc(record.requestedAtMs),
    leaveAt: shownInstant(leaveAtMs, timeZone, calendar),
    ...(record.dueAtMs === undefined ? {} : { dueAt: shownInstant(record.dueAtMs, timeZone, calendar) }),
    ...(record.pointOfNoReturnAtMs === undefined
      ? {}
      : { pointOfNoReturnAt: utc(record.pointOfNoReturnAtMs) }),
    ...(record.closedAtMs === undefined ? {} : { closedAt: utc(record.closedAtMs) }),
  };
}

/** A departure in full: what was asked, the plan, and for each step what became of it and what proves it. */
export function departureView(record: CaseRecord, evidence: readonly Evidence[], calendar: LocalCalendar) {
  const { plan } = record;
  return {
    ...departureSummary(record, calendar),
    request: record.request,
    plan: {
      version: plan.version,
      procedure: plan.procedure,
      timeZone: plan.timeZone,
    },
    lockout: lockoutView(lockoutTimes(plan, evidence)),
    steps: stepSummaries(record, calendar).map((summary) => {
      const planned = stepOf(plan, summary.key);
      const rounds = evidence.filter((one) => one.stepKey === summary.key).sort((a, b) => a.round - b.round);
      // A step that names no target is of the first one.
      const target = rounds.find((round) => round.target !== undefined)?.target;
      return {
        ...(target === undefined ? {} : { target }),
        ...summary,
        ...(planned && traitsOf(planned)),
        rounds: rounds.map(evidenceView),
      };
    }),
  };
}

function lockoutView({ targets, ...overall }: LockoutTimes) {
  return {
    ...overall,
    targets: targets.map(({ provenAtMs, ...rest }) => ({
      ...rest,
      ...(provenAtMs === undefined ? {} : { provenAt: utc(provenAtMs) }),
    })),
  };
}

function traitsOf(step: PlannedStep) {
  const { dependsOn, follows, reversible, destructive, needsApproval, essential } = step;
  return { dependsOn, follows, reversible, destructive, needsApproval, essential };
}

/** What one round of a step proves. */
export function evidenceView(evidence: Evidence) {
  const { id, round, status, before, after, proof, attempts, errorCode, occurredAtMs, recordedAtMs } =
    evidence;
  return {
    evidenceId: id,
    round,
    status,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(proof === undefined ? {} : { proof }),
    attempts: attempts.map((one) => ({
      attempt: one.attempt,
      startedAt: utc(one.startedAtMs),
      ...(one.endedAtMs === undefined ? {} : { endedAt: utc(one.endedAtMs) }),
      ...(one.errorCode === undefined ? {} : { error: errorView(one.errorCode) }),
    })),
    ...(errorCode === undefined ? {} : { error: errorView(errorCode) }),
    ...(occurredAtMs === undefined ? {} : { occurredAt: utc(occurredAtMs) }),
    recordedAt: utc(recordedAtMs),
  };
}
