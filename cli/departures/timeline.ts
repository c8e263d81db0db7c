import { isSettled } from '../../shared/domain/case-states.ts';
import type { StepStatus } from '../../shared/domain/case-states.ts';
import type { ShownDeparture, ShownStep } from '../../shared/platform/api-client/shown-departure.ts';

/** What became of a step since the last look. */
export interface StepChange {
  readonly step: string;
  readonly status: StepStatus;
  readonly atMs: number;
  readonly error?: { readonly code: string; readonly sentence: string };
}

/** What happened between two looks, the oldest first. At the first look: everything so far. */
export function changesBetween(
  before: ShownDeparture | undefined,
  now: ShownDeparture,
  nowMs: number,
): readonly StepChange[] {
  const known = new Map(before?.steps.map((step) => [step.key, shown(step)]));
  return now.steps
    .filter((step) => shown(step) !== (known.get(step.key) ?? 'waiting'))
    .map((step) => ({
      step: step.key,
      status: step.status,
      atMs: instantOf(step) ?? nowMs,
      ...(step.error === undefined ? {} : { error: step.error }),
    }))
    .sort((a, b) => a.atMs - b.atMs);
}

function shown({ status, error }: ShownStep): string {
  return error === undefined ? status : `${status} ${error.code}`;
}

function instantOf({ settledAt, rounds }: ShownStep): number | undefined {
  const attempt = rounds.at(-1)?.attempts.at(-1);
  const text = settledAt ?? attempt?.endedAt ?? attempt?.startedAt;
  return text === undefined ? undefined : Date.parse(text);
}

export const WATCH_ENDS = ['closed', 'needs_attention', 'day0'] as const;
export type WatchEnd = (typeof WATCH_ENDS)[number];

/** The first proof that nobody gets in, on each target: with it day 0 is over. */
const DAY_0_PROOF = /^prove-day-0(@|$)/u;

/** Whether the watch is over: at the wanted point, or because the case is closed and nothing comes any more. */
export function isOver(departure: ShownDeparture, end: WatchEnd): boolean {
  if (departure.closedAt !== undefined) return true;
  switch (end) {
    case 'closed':
      return false;
    case 'needs_attention':
      return departure.needsAttention;
    case 'day0':
      return departure.needsAttention || isDay0Over(departure);
  }
}

function isDay0Over({ steps }: ShownDeparture): boolean {
  const proofs = steps.filter((step) => DAY_0_PROOF.test(step.key));
  return proofs.length > 0 && proofs.every((step) => isSettled(step.status));
}

/** What is due next, if anything is. */
export function nextStep({ steps, dueAt }: ShownDeparture): ShownStep | undefined {
  if (dueAt === undefined) return undefined;
  return steps.find((step) => step.status === 'waiting' && step.dueAt?.utc === dueAt.utc);
}
