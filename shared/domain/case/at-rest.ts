import type { CaseProjection, StepView } from '../case-record.ts';
import type { StepStatus } from '../case-states.ts';
import { freshSteps } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';
import { startableSteps } from './next-work.ts';

const PROVEN: ReadonlySet<StepStatus> = new Set(['done', 'not_applicable']);

type Shown = Pick<
  CaseProjection,
  'sequence' | 'state' | 'undoing' | 'frozen' | 'plan' | 'steps' | 'closedAtMs'
> & { readonly requestedBy: string };

/**
 * Whether a case has done what it can do by itself at this instant, as far as its projection tells: it has spoken of itself,
 * nothing is being tried for the first time, and nothing that is due could start. What is being retried, waits for a person
 * or for another day does not keep it from resting.
 */
export function isAtRest(shown: Shown, onLegalHold: boolean, nowMs: number): boolean {
  if (shown.sequence === 0) return false;
  if (shown.closedAtMs !== undefined) return true;
  const underWay = shown.steps.some((step) => step.status === 'running');
  return !underWay && startableSteps(progressFrom(shown, onLegalHold), nowMs).length === 0;
}

/**
 * Whether a case has begun as it was asked to: nobody holds it, and every step that is essential for the lock and whose instant
 * has come was proven. A case at rest need not have: the step failed, or the organisation is frozen.
 */
export function hasBegun(shown: Pick<Shown, 'state' | 'plan' | 'steps'>, nowMs: number): boolean {
  const essential = new Set(shown.plan.steps.filter((step) => step.essential).map((step) => step.key));
  const due = shown.steps.filter(({ key, dueAtMs }) => essential.has(key) && (dueAtMs ?? Infinity) <= nowMs);
  return shown.state !== 'guard_held' && due.every(({ status }) => PROVEN.has(status));
}

function progressFrom(shown: Shown, onLegalHold: boolean): CaseProgress {
  const { sequence, state, plan, requestedBy } = shown;
  const known = Object.fromEntries(shown.steps.map((step) => [step.key, stepFrom(step)]));
  return {
    ...{ sequence, plan, requestedBy, onLegalHold },
    steps: freshSteps(plan, known),
    paused: state === 'paused',
    cancelled: false,
    guardHeld: state === 'guard_held',
    undoing: shown.undoing === true,
    frozen: shown.frozen === true,
  };
}

function stepFrom(view: StepView): StepProgress {
  return { ...view, tried: view.status !== 'waiting' && view.status !== 'running' };
}
