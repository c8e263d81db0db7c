import type { CaseRecord, StepView } from './case-record.ts';
import { isSettled } from './case-states.ts';
import { stepOf, type PlannedStep } from './plan.ts';
import { DAY_MS } from './planner/plan-step.ts';

/** A step this long past its instant is late, also where it only waits for a person. */
export const LATE_AFTER_MS = 15 * 60_000;

/** What a late step waits for. */
export type Awaited =
  'release' | 'resumption' | 'unfreezing' | 'approval' | 'somebody' | 'another_try' | 'its_turn';

/** One step of an open case that somebody should know of today. */
export type DigestEntry = { readonly stepKey: string; readonly dueAtMs: number } & (
  | { readonly kind: 'red'; readonly errorCode?: string }
  | { readonly kind: 'late'; readonly awaits: Awaited }
  | { readonly kind: 'due'; readonly alsoDue: number }
);

/** What is red, late, and due within a day, of one open case. A step behind another that is late is not named again. Pure. */
export function digestOf(record: CaseRecord, nowMs: number): readonly DigestEntry[] {
  if (record.closedAtMs !== undefined) return [];
  const open = record.steps.filter((step) => !isSettled(step.status));
  return [
    ...open.filter((step) => isRed(record, step)).map(redEntry),
    ...lateEntries(record, open, nowMs),
    ...dueEntries(open, nowMs),
  ];
}

/** A step that is overdue for too long makes a case red while it goes on being tried. */
function isRed(record: CaseRecord, step: StepView): boolean {
  return step.status === 'failed' || (record.needsAttention && step.status === 'retrying');
}

function redEntry({ key, dueAtMs = 0, errorCode }: StepView): DigestEntry {
  return { kind: 'red', stepKey: key, dueAtMs, ...(errorCode === undefined ? {} : { errorCode }) };
}

function lateEntries(record: CaseRecord, open: readonly StepView[], nowMs: number): readonly DigestEntry[] {
  const isOpen = new Set(open.map(({ key }) => key));
  return open.flatMap((step): readonly DigestEntry[] => {
    const planned = stepOf(record.plan, step.key);
    const late = step.dueAtMs !== undefined && step.dueAtMs <= nowMs - LATE_AFTER_MS;
    if (planned === undefined || !late || isRed(record, step)) return [];
    if (planned.dependsOn.some((key) => isOpen.has(key))) return [];
    return [
      { kind: 'late', stepKey: step.key, dueAtMs: step.dueAtMs, awaits: awaitedBy(record, step, planned) },
    ];
  });
}

function awaitedBy(record: CaseRecord, step: StepView, planned: PlannedStep): Awaited {
  if (record.state === 'guard_held') return 'release';
  if (record.state === 'paused') return 'resumption';
  if (record.frozen === true && (planned.locking === true || planned.destructive)) return 'unfreezing';
  if (planned.needsApproval && step.approvedBy === undefined) return 'approval';
  if (planned.manual === true) return 'somebody';
  return step.status === 'retrying' ? 'another_try' : 'its_turn';
}

/** The steps of one instant are one line. */
function dueEntries(open: readonly StepView[], nowMs: number): readonly DigestEntry[] {
  const byInstant = new Map<number, StepView[]>();
  for (const step of open) {
    const { dueAtMs } = step;
    if (dueAtMs === undefined || dueAtMs <= nowMs || dueAtMs > nowMs + DAY_MS) continue;
    byInstant.set(dueAtMs, [...(byInstant.get(dueAtMs) ?? []), step]);
  }
  return [...byInstant].flatMap(([dueAtMs, [first, ...others]]): readonly DigestEntry[] =>
    first === undefined ? [] : [{ kind: 'due', stepKey: first.key, dueAtMs, alsoDue: others.length }],
  );
}
