import { isSettled } from '../case-states.ts';
import type { PlannedStep } from '../plan.ts';
import type { CaseNotice } from './case-event.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';
import {
  dueAtMsOf,
  dueItems,
  firstDueAtMs,
  isBlockedByWayOut,
  isInFlight,
  isItsTurn,
  isWithheld,
  lacksApproval,
  wantedSteps,
} from './wanted-steps.ts';

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
  /** Checklist items are due since now. */
  readonly awaitChecklist?: true;
  readonly notify: readonly CaseNotice[];
  /** The next instant at which there may be something to do; absent: only a person can move the case. */
  readonly wakeAtMs?: number;
}

/** What is to be done at this instant, and when to look again. Pure. */
export function nextWork(progress: CaseProgress, nowMs: number, numbers: NoticeNumbers): CaseWork {
  if (progress.closedAtMs !== undefined || progress.cancelled) return { start: [], flag: [], notify: [] };
  if (progress.guardHeld === true) return workOfHeld(progress, nowMs, numbers);
  const waiting = readySteps(progress);
  const due = dueSteps(progress, nowMs);
  const itemsAwaited = !progress.paused && dueItems(progress, nowMs).length > 0;
  const needApproval = due.find((step) => lacksApproval(progress, step));
  const flags = flagDeadlines(progress, numbers);
  const notices = noticeDeadlines(progress, numbers);
  const instants = [
    ...waiting.map((step) => dueAtMsOf(progress, step)),
    ...flags.map((entry) => entry.atMs),
    ...notices.map((entry) => entry.atMs),
  ].filter((atMs): atMs is number => atMs !== undefined && atMs > nowMs);
  return {
    start: startableSteps(progress, nowMs),
    flag: flags.filter((entry) => entry.atMs <= nowMs).map((entry) => entry.key),
    ...(needApproval !== undefined && progress.approval === undefined
      ? { awaitApproval: needApproval.key }
      : {}),
    ...(itemsAwaited && progress.checklist === undefined ? { awaitChecklist: true as const } : {}),
    notify: notices.filter((entry) => entry.atMs <= nowMs).map((entry) => entry.notice),
    ...(instants.length > 0 ? { wakeAtMs: Math.min(...instants) } : {}),
  };
}

/** The steps a case may start at this instant. */
export function startableSteps(progress: CaseProgress, nowMs: number): readonly PlannedStep[] {
  if (progress.closedAtMs !== undefined || progress.cancelled || progress.guardHeld === true) return [];
  return dueSteps(progress, nowMs).filter((step) => !lacksApproval(progress, step));
}

function readySteps(progress: CaseProgress): readonly PlannedStep[] {
  return progress.paused ? [] : wantedSteps(progress).filter((step) => isReady(progress, step));
}

/** Those of them whose instant has come, and that no person has to do. */
function dueSteps(progress: CaseProgress, nowMs: number): readonly PlannedStep[] {
  return readySteps(progress).filter(
    (step) => step.manual !== true && (dueAtMsOf(progress, step) ?? Infinity) <= nowMs,
  );
}

/** Nothing is carried out; somebody is told at once, and daily. */
function workOfHeld({ guardNotice }: CaseProgress, nowMs: number, numbers: NoticeNumbers): CaseWork {
  const atMs = guardNotice === undefined ? nowMs : guardNotice.lastNoticeAtMs + numbers.attentionReminderMs;
  const told = atMs <= nowMs ? { notify: ['guard' as const] } : { notify: [], wakeAtMs: atMs };
  return { start: [], flag: [], ...told };
}

/** The instant the case waits for, as lists show it: overdue steps included. */
export function nextDueAtMs(progress: CaseProgress): number | undefined {
  const open = wantedSteps(progress).filter((step) => !isSettled(progressOf(progress, step.key).status));
  return firstDueAtMs(progress, open);
}

function isReady(progress: CaseProgress, step: PlannedStep): boolean {
  return (
    progressOf(progress, step.key).status === 'waiting' &&
    !isWithheld(progress, step) &&
    !isBlockedByWayOut(progress) &&
    isItsTurn(progress, step) &&
    [...step.follows, ...step.reapplies].every((key) => progress.steps[key]?.tried ?? true)
  );
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

interface Deadline {
  readonly notice: CaseNotice;
  readonly atMs: number;
}

function noticeDeadlines(progress: CaseProgress, numbers: NoticeNumbers): readonly Deadline[] {
  const { attention, approval, checklist } = progress;
  const red: Deadline[] =
    attention === undefined
      ? []
      : [
          {
            notice: 'attention',
            atMs:
              (attention.lastNoticeAtMs ?? attention.sinceMs - numbers.attentionReminderMs) +
              numbers.attentionReminderMs,
          },
        ];
  if (checklist !== undefined && !progress.paused) {
    const lastMs = checklist.lastNoticeAtMs ?? checklist.sinceMs - numbers.approvalReminderMs;
    red.push({ notice: 'checklist', atMs: lastMs + numbers.approvalReminderMs });
  }
  if (approval === undefined || progress.paused) return red;
  const atMs =
    (approval.lastNoticeAtMs ?? approval.sinceMs - numbers.approvalReminderMs) + numbers.approvalReminderMs;
  const escalated = atMs - approval.sinceMs >= numbers.approvalEscalationMs;
  return [...red, { notice: escalated ? 'escalation' : 'approval', atMs }];
}
