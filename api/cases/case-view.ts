import type { BriefCase, CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import { stepOf, type PlannedStep } from '../../shared/domain/plan.ts';
import { shownInstant, utc } from '../http/instants.ts';
import { errorView, stepSummaries } from './step-summary.ts';

/** A case in a list, whatever its kind. */
export function caseSummary(record: BriefCase, calendar: LocalCalendar) {
  const { timeZone, leaveAtMs } = record.plan;
  return {
    ...{ id: record.id, kind: record.kind },
    ...standingOf(record, calendar),
    effectiveAt: shownInstant(leaveAtMs, timeZone, calendar),
  };
}

/** Where a case stands. */
export function standingOf(record: BriefCase, calendar: LocalCalendar) {
  return {
    personId: record.personId,
    state: record.state,
    needsAttention: record.needsAttention,
    ...(record.frozen === true ? { frozen: true } : {}),
    /** `requested`: written, and started as soon as the engine can be reached. */
    engine: record.engine,
    requestedBy: record.requestedBy,
    requestedAt: utc(record.requestedAtMs),
    ...(record.dueAtMs === undefined
      ? {}
      : { dueAt: shownInstant(record.dueAtMs, record.plan.timeZone, calendar) }),
    ...(record.pointOfNoReturnAtMs === undefined
      ? {}
      : { pointOfNoReturnAt: utc(record.pointOfNoReturnAtMs) }),
    ...(record.closedAtMs === undefined ? {} : { closedAt: utc(record.closedAtMs) }),
  };
}

/** A case in full: what was asked, the plan, and for each step what became of it and what proves it. */
export function caseView(record: CaseRecord, evidence: readonly Evidence[], calendar: LocalCalendar) {
  return { ...caseSummary(record, calendar), ...contentsOf(record, evidence, calendar) };
}

/** Plan and steps, with what proves them. */
export function contentsOf<Of extends CaseRecord>(
  record: Of,
  evidence: readonly Evidence[],
  calendar: LocalCalendar,
) {
  const { plan } = record;
  const { version, procedure, timeZone } = plan;
  const request: Of['request'] = record.request;
  return {
    request,
    plan: { version, procedure, timeZone },
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
