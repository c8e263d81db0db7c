import type { CaseRecord, StepView } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import { lockoutTimes, type LockoutTimes } from '../../shared/domain/lockout-times.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { ownerOf } from './checklist-view.ts';
import { shownInstant, utc } from '../http/instants.ts';

/** A departure in a list. */
export function departureSummary(record: CaseRecord, calendar: LocalCalendar) {
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
  const expected = simulatedInstants(plan);
  return {
    ...departureSummary(record, calendar),
    request: record.request,
    plan: {
      version: plan.version,
      procedure: plan.procedure,
      timeZone: plan.timeZone,
    },
    lockout: lockoutView(lockoutTimes(plan, evidence)),
    steps: plan.steps.map((planned) => {
      const view = record.steps.find((step) => step.key === planned.key);
      const rounds = evidence.filter((one) => one.stepKey === planned.key).sort((a, b) => a.round - b.round);
      const atMs = view?.dueAtMs ?? expected.get(planned.key);
      const target = planned.params['target'] ?? rounds.find((round) => round.target !== undefined)?.target;
      return {
        key: planned.key,
        kind: planned.kind,
        ...(target === undefined ? {} : { target: String(target) }),
        ...(atMs === undefined ? {} : { dueAt: shownInstant(atMs, plan.timeZone, calendar) }),
        /** The instant is not fixed yet: it counts from the end of another step. */
        ...(planned.due.kind === 'after' && view?.dueAtMs === undefined ? { expected: true } : {}),
        ...traitsOf(planned),
        ...ownerOf(planned),
        ...resultOf(view),
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

function resultOf(view: StepView | undefined) {
  const { settledAtMs, errorCode, skippedBy, skipRequestedBy, approvedBy, attestedBy } = view ?? {};
  return {
    status: view?.status ?? 'waiting',
    round: view?.round ?? 1,
    ...(settledAtMs === undefined ? {} : { settledAt: utc(settledAtMs) }),
    ...(errorCode === undefined ? {} : { error: errorView(errorCode) }),
    ...(skippedBy === undefined ? {} : { skippedBy }),
    ...(skipRequestedBy === undefined ? {} : { skipRequestedBy }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(attestedBy === undefined ? {} : { attestedBy }),
  };
}

function isFailureCode(code: string): code is StepFailureCode {
  return Object.hasOwn(STEP_FAILURES, code);
}

function errorView(code: string) {
  return { code, sentence: STEP_FAILURES[isFailureCode(code) ? code : 'UNEXPECTED'].sentence };
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
