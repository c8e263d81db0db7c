import { isSettled } from '../case-states.ts';
import type { Plan, PlannedStep } from '../plan.ts';
import type { CaseEvent } from './case-event.ts';
import { withDerived } from './derive.ts';
import { markChanges } from './mark-changes.ts';
import { freshSteps, progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';
import { passedGates, reopen } from './reopen.ts';
import { isInFlight } from './wanted-steps.ts';

/**
 * The only way a case changes. Pure, and total over the events a workflow can meet: an event for a step that left the plan
 * in the meantime changes nothing.
 */
export function reduce(progress: CaseProgress, event: CaseEvent): CaseProgress {
  const changed = apply(progress, event);
  if (changed === progress) return progress;
  const next = withDerived({ ...changed, sequence: progress.sequence + 1 }, event.atMs);
  return markChanges(progress, next);
}

function apply(progress: CaseProgress, event: CaseEvent): CaseProgress {
  switch (event.kind) {
    case 'stepStarted':
      return startStep(progress, event);
    case 'stepRetrying':
      return changeInFlight(progress, event, (step) => ({
        ...step,
        status: 'retrying',
        tried: true,
        errorCode: event.errorCode,
      }));
    case 'stepSettled':
      return changeInFlight(progress, event, (step) => settled(step, event.outcome, event.atMs));
    case 'stepFailed':
      return forgetUncalled(
        changeInFlight(progress, event, (step) => ({
          ...step,
          status: 'failed',
          tried: true,
          errorCode: event.errorCode,
        })),
        event,
      );
    case 'stepWithdrawn':
      return forgetUncalled(
        changeInFlight(progress, event, (step) => ({ ...step, status: 'waiting' })),
        event,
      );
    case 'stepFlagged':
      return changeStep(progress, event.key, (step) => ({ ...step, flagged: true }));
    case 'approvalAwaited':
      return { ...progress, approval: { stepKey: event.key, sinceMs: event.atMs, notices: 0 } };
    case 'noticeSent':
      return noteNotice(progress, event);
    case 'rescheduled':
      return { ...progress, plan: event.plan, steps: freshSteps(event.plan, progress.steps) };
    case 'paused':
      return callBack({ ...progress, paused: true });
    case 'resumed':
      return { ...progress, paused: false };
    case 'cancelled':
      return callBack({ ...progress, cancelled: true });
    case 'retried':
      return retry(progress, event.key);
    case 'reapplied':
      return reopen(progress, [event.key]);
    case 'skipAsked':
      return skip(progress, event);
    case 'approved':
      return changeStep(progress, event.key, (step) => ({ ...step, approvedBy: event.actorId }));
    case 'holdPlaced':
      return reopen({ ...progress, onLegalHold: true }, passedGates(progress));
    case 'holdLifted':
      return { ...progress, onLegalHold: false };
    case 'released': {
      const { guardHeld: _held, guardNotice: _told, ...rest } = progress;
      return rest;
    }
    case 'frozen':
      return callBack({ ...progress, frozen: true }, (step) => step.locking === true);
    case 'unfrozen':
      return { ...progress, frozen: false };
    case 'checklistAwaited':
      return { ...progress, checklist: { sinceMs: event.atMs, notices: 0 } };
    case 'attested':
      return changeStep(progress, event.key, (step) => ({
        ...settled(step, 'attested', event.atMs),
        attestedBy: event.actorId,
      }));
    case 'undoAsked':
      return turnBack(progress, event.plan);
    case 'closed':
      return { ...progress, closedAtMs: event.atMs };
  }
}

function changeStep(
  progress: CaseProgress,
  key: string,
  change: (step: StepProgress) => StepProgress,
): CaseProgress {
  const step = progress.steps[key];
  if (step === undefined) return progress;
  return { ...progress, steps: { ...progress.steps, [key]: change(step) } };
}

function settled(
  step: StepProgress,
  status: 'done' | 'attested' | 'not_applicable' | 'skipped',
  atMs: number,
): StepProgress {
  const { errorCode: _error, flagged: _flagged, skipRequestedBy: _asked, ...rest } = step;
  return { ...rest, status, tried: true, settledAtMs: atMs };
}

type StepNews = Extract<CaseEvent, { readonly round: number }>;

function changeInFlight(
  progress: CaseProgress,
  news: StepNews,
  change: (step: StepProgress) => StepProgress,
): CaseProgress {
  const step = progress.steps[news.key];
  if (step === undefined || step.round !== news.round || !isInFlight(step)) return progress;
  return changeStep(progress, news.key, change);
}

/** From the moment a deletion starts until it is known not to have been called, nothing can be called back. */
function startStep(progress: CaseProgress, news: StepNews): CaseProgress {
  const step = progress.steps[news.key];
  if (step?.round !== news.round || step.status !== 'waiting') return progress;
  const started = changeStep(progress, news.key, () => ({
    ...step,
    status: 'running',
    startedAtMs: step.startedAtMs ?? news.atMs,
  }));
  if (!isDestructive(progress, news.key)) return started;
  return { ...started, pointOfNoReturnAtMs: progress.pointOfNoReturnAtMs ?? news.atMs };
}

/** With several targets, the refusal of one does not take back what may have happened on another. */
function forgetUncalled(progress: CaseProgress, news: StepNews & { readonly called: boolean }): CaseProgress {
  if (!isDestructive(progress, news.key)) return progress;
  if (news.called) return changeStep(progress, news.key, (step) => ({ ...step, called: true }));
  if (progress.plan.steps.some((step) => step.destructive && mayBeDeleted(progress, step.key)))
    return progress;
  const { pointOfNoReturnAtMs: _passed, ...rest } = progress;
  return rest;
}

function mayBeDeleted(progress: CaseProgress, key: string): boolean {
  const step = progress.steps[key];
  return step !== undefined && (step.called === true || step.status === 'done' || isInFlight(step));
}

function isDestructive(progress: CaseProgress, key: string): boolean {
  return progress.plan.steps.some((step) => step.key === key && step.destructive);
}

/** The way back: what is being retried is given up, the rest of the plan is left, a pause is over. */
function turnBack(progress: CaseProgress, plan: Plan): CaseProgress {
  const steps = freshSteps(plan, progress.steps);
  return callBack({ ...progress, plan, steps, undoing: true, paused: false });
}

/** Steps that are being retried wait again; an attempt under way, or a deletion, comes to its own end. */
function callBack(
  progress: CaseProgress,
  concerns: (step: PlannedStep) => boolean = () => true,
): CaseProgress {
  return progress.plan.steps
    .filter((step) => !step.destructive && concerns(step) && progress.steps[step.key]?.status === 'retrying')
    .reduce(
      (changed, step) => changeStep(changed, step.key, (entry) => ({ ...entry, status: 'waiting' })),
      progress,
    );
}

/** A proof that found drift has the lock applied again first; anything else simply goes on where it stopped. */
function retry(progress: CaseProgress, key: string): CaseProgress {
  const known = progress.steps[key];
  // Somebody may have skipped it in the meantime: what is settled is opened again only as a new round.
  if (known === undefined || isSettled(known.status)) return progress;
  const planned = progress.plan.steps.find((step) => step.key === key);
  const { errorCode, flagged: _flagged, skipRequestedBy: _asked, ...step } = progressOf(progress, key);
  if (errorCode === 'LOCKOUT_DRIFTED' && planned !== undefined)
    return reopen(progress, [...planned.reapplies, key]);
  // A new round of patience: the deadline for being flagged counts from the next start.
  const { startedAtMs: _started, ...rest } = step;
  return changeStep(progress, key, () => ({ ...rest, status: 'waiting' }));
}

function skip(progress: CaseProgress, event: Extract<CaseEvent, { kind: 'skipAsked' }>): CaseProgress {
  const essential = progress.plan.steps.some((step) => step.key === event.key && step.essential);
  return changeStep(progress, event.key, (step) => {
    const first = step.skipRequestedBy;
    if (essential && (first === undefined || first === event.actorId))
      return { ...step, skipRequestedBy: event.actorId };
    const skippedBy =
      first === undefined || first === event.actorId ? [event.actorId] : [first, event.actorId];
    return { ...settled(step, 'skipped', event.atMs), skippedBy };
  });
}

function noteNotice(progress: CaseProgress, event: Extract<CaseEvent, { kind: 'noticeSent' }>): CaseProgress {
  const told = <T extends { readonly notices: number }>(
    entry: T,
  ): T & { readonly lastNoticeAtMs: number } => ({
    ...entry,
    lastNoticeAtMs: event.atMs,
    notices: entry.notices + 1,
  });
  if (event.notice === 'attention') {
    return progress.attention === undefined ? progress : { ...progress, attention: told(progress.attention) };
  }
  if (event.notice === 'guard') {
    const known = progress.guardNotice ?? { sinceMs: event.atMs, notices: 0 };
    return progress.guardHeld === true ? { ...progress, guardNotice: told(known) } : progress;
  }
  if (event.notice === 'checklist') {
    return progress.checklist === undefined ? progress : { ...progress, checklist: told(progress.checklist) };
  }
  return progress.approval === undefined ? progress : { ...progress, approval: told(progress.approval) };
}
