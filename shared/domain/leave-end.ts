import type { CaseOf, CaseRecord } from './case-record.ts';
import { isSettled } from './case-states.ts';

export type LeaveEndRefusal =
  'CASE_CLOSED' | 'ALREADY_UNDOING' | 'LEAVE_ENDING' | 'LEAVE_NOT_BEGUN' | 'INVESTIGATION_OPEN';

/** Why a leave cannot be moved any more: it is closed, the account is being opened, or everything is put back. */
export function whyNotMoved(
  { plan, closedAtMs, undoing }: Pick<CaseRecord, 'plan' | 'closedAtMs' | 'undoing'>,
  startedKeys: ReadonlySet<string>,
): LeaveEndRefusal | undefined {
  if (closedAtMs !== undefined) return 'CASE_CLOSED';
  if (undoing === true) return 'ALREADY_UNDOING';
  const opens = plan.steps.some(({ kind, key }) => kind === 'enableAccount' && startedKeys.has(key));
  return opens ? 'LEAVE_ENDING' : undefined;
}

/** Why a leave cannot be ended now. A suspicious account opens once somebody looked into it, and nobody else's word opens it. */
export function whyNotEnded(
  record: CaseOf<'leave'>,
  startedKeys: ReadonlySet<string>,
): LeaveEndRefusal | undefined {
  const refused = whyNotMoved(record, startedKeys);
  if (refused !== undefined) return refused;
  if (startedKeys.size === 0) return 'LEAVE_NOT_BEGUN';
  return openInvestigations(record).length > 0 ? 'INVESTIGATION_OPEN' : undefined;
}

/** The keys of what nobody looked into yet. */
export function openInvestigations({ plan, steps }: CaseOf<'leave'>): readonly string[] {
  return plan.steps
    .filter(({ kind, key }) => kind === 'investigate' && !isDone(steps, key))
    .map(({ key }) => key);
}

function isDone(steps: CaseRecord['steps'], key: string): boolean {
  return isSettled(steps.find((step) => step.key === key)?.status ?? 'waiting');
}
