import { isSettled } from '../case-states.ts';
import type { PlannedStep } from '../plan.ts';
import type { CaseNotice } from './case-event.ts';
import { isInFlight } from './derive.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';

/** The part of a case's policy that decides when somebody is told. Milliseconds. */
export interface NoticeNumbers {
  readonly flagAfterMs: (step: PlannedStep) => number | undefined;
  readonly attentionReminderMs: number;
  readonly approvalReminderMs: number;
  readonly approvalEscalationMs: number;
}

export interface CaseWork {
  readonly start: readonly PlannedStep[];
  /** Steps that have been red for too long. */
  readonly flag: readonly string[];
  /** A step that is due and waits for its approval since now. */
  readonly awaitApproval?: string;
  readonly notify: readonly CaseNotice[];
  /** The next instant at which there may be something to do; absent: only a person can move the case. */
  readonly wakeAtMs?: number;
}

/** The resolved instant of a step; `undefined` while the step it counts from is not settled. */
export function dueAtMsOf(progress: CaseProgress, step: PlannedStep): number | undefined {
  if (step.due.kind === 'at') return step.due.atMs;
  const base = progress.steps[step.due.stepKey]?.settledAtMs;
  return base === undefined ? undefined : base + step.due.offsetMs;
}

/** What is to be done at this instant, and when to look again. Pure. */
export function nextWork(progress: CaseProgress, nowMs: number, numbers: NoticeNumbers): CaseWork {
  if (progress.closedAtMs !== undefined || progress.cancelled) return { start: [], flag: [], notify: [] };
  const waiting = progress.paused ? [] : progress.plan.steps.filter((step) => isReady(progress, step));
  const due = waiting.filter((step) => (dueAtMsOf(progress, step) ?? Infinity) <= nowMs);
  const needApproval = due.find((step) => lacksApproval(progress, step));
  const flags = flagDeadlines(progress, numbers);
  const notices = noticeDeadlines(progress, numbers);
  const instants = [
    ...waiting.map((step) => dueAtMsOf(progress, step)),
    ...flags.map((entry) => entry.atMs),
    ...notices.map((entry) => entry.atMs),
  ].filter((atMs): atMs is number => atMs !== undefined && atMs > nowMs);
  return {
    start: due.filter((step) => !lacksApproval(progress, step)),
    flag: flags.filter((entry) => entry.atMs <= nowMs).map((entry) => entry.key),
    ...(needApproval !== undefined && progress.approval === undefined
      ? { awaitApproval: needApproval.key }
      : {}),
    notify: notices.filter((entry) => entry.atMs <= nowMs).map((entry) => entry.notice),
    ...(instants.length > 0 ? { wakeAtMs: Math.min(...instants) } : {}),
  };
}

/** The instant the case waits for, as lists show it: overdue steps included. */
export function nextDueAtMs(progress: CaseProgress): number | undefined {
  const instants = progress.plan.steps
    .filter((step) => !isSettled(progressOf(progress, step.key).status))
    .map((step) => dueAtMsOf(progress, step))
    .filter((atMs) => atMs !== undefined);
  return instants.length > 0 ? Math.min(...instants) : undefined;
}

function isReady(progress: CaseProgress, step: PlannedStep): boolean {
  const guarded = step.destructive || step.needsApproval;
  return (
    progressOf(progress, step.key).status === 'waiting' &&
    !(guarded && progress.onLegalHold) &&
    step.dependsOn.every((key) => isSettled(progress.steps[key]?.status ?? 'done')) &&
    [...step.follows, ...step.reapplies].every((key) => progress.steps[key]?.tried ?? true)
  );
}

function lacksApproval(progress: CaseProgress, step: PlannedStep): boolean {
  return step.needsApproval && progressOf(progress, step.key).approvedBy === undefined;
}

function flagDeadlines(
  progress: CaseProgress,
  numbers: NoticeNumbers,
): readonly { readonly key: string; readonly atMs: number }[] {
  return progress.plan.steps.flatMap((step) => {
    const { status, startedAtMs, flagged } = progressOf(progress, step.key);
    const flagAfterMs = numbers.flagAfterMs(step);
    if (
      flagAfterMs === undefined ||
      startedAtMs === undefined ||
      flagged === true ||
      !isInFlight({ ...progressOf(progress, step.key), status })
    )
      return [];
    return [{ key: step.key, atMs: startedAtMs + flagAfterMs }];
  });
}

function noticeDeadlines(
  progress: CaseProgress,
  numbers: NoticeNumbers,
): readonly { readonly notice: CaseNotice; readonly atMs: number }[] {
  const { attention, approval } = progress;
  const red =
    attention === undefined
      ? []
      : [
          {
            notice: 'attention' as const,
            atMs:
              (attention.lastNoticeAtMs ?? attention.sinceMs - numbers.attentionReminderMs) +
              numbers.attentionReminderMs,
          },
        ];
  if (approval === undefined || progress.paused) return red;
  const atMs =
    (approval.lastNoticeAtMs ?? approval.sinceMs - numbers.approvalReminderMs) + numbers.approvalReminderMs;
  const escalated = atMs - approval.sinceMs >= numbers.approvalEscalationMs;
  return [...red, { notice: escalated ? ('escalation' as const) : ('approval' as const), atMs }];
}
