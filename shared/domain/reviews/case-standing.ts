import type { CaseRecord } from '../case-record.ts';
import type { StepStatus } from '../case-states.ts';
import { isOfUndo, type PlannedStep } from '../plan.ts';

/** How far a case is with what a decision wanted of it. `off`: it will not come to it any more. */
export type CaseStanding =
  | { readonly kind: 'proven'; readonly atMs: number }
  | { readonly kind: 'off' }
  | { readonly kind: 'under_way' };

const UNDER_WAY: CaseStanding = { kind: 'under_way' };
const PROVEN: ReadonlySet<StepStatus> = new Set(['done', 'not_applicable']);

/**
 * Whether a leave, a departure or a deletion has done what a decision of a review wanted: nobody signs in any more, which was proven
 * on every target. What such a case does in the months after (archive, grace, purge) is its own matter: a review that waited for
 * that would never end. A departure with a last day to come is not proven before that day, and one that the guard holds is not
 * proven at all. A lock that was given back, or on the way back, before anybody looked is none; nor is one whose proof people had
 * left out or only attested, unless the whole case was completed.
 */
export function standingOf(record: CaseRecord): CaseStanding {
  const { state, closedAtMs, undoing } = record;
  if (state === 'undone') return { kind: 'off' };
  if (undoing === true) return UNDER_WAY;
  const atMs = lockProvenAt(record);
  if (atMs !== undefined && state !== 'guard_held') return { kind: 'proven', atMs };
  if (closedAtMs !== undefined)
    return state === 'completed' ? { kind: 'proven', atMs: closedAtMs } : { kind: 'off' };
  return isLeftOut(record) ? { kind: 'off' } : UNDER_WAY;
}

/** When the last of its targets was proven; `undefined` while one of them is not. */
function lockProvenAt(record: CaseRecord): number | undefined {
  const settled = proofsOf(record).map((proof) => {
    const view = record.steps.find(({ key }) => key === proof.key);
    return view !== undefined && PROVEN.has(view.status) ? view.settledAtMs : undefined;
  });
  const known = settled.filter((atMs) => atMs !== undefined);
  return known.length > 0 && known.length === settled.length ? Math.max(...known) : undefined;
}

/** Two people decided that the lock need not be proven: then it never is, however long the case lasts. */
function isLeftOut(record: CaseRecord): boolean {
  const keys = new Set(proofsOf(record).map(({ key }) => key));
  return record.steps.some(({ key, status }) => keys.has(key) && status === 'skipped');
}

/** The first proof on each target. Those in the weeks after lean on it. */
function proofsOf({ plan }: CaseRecord): readonly PlannedStep[] {
  return plan.steps.filter((step) => isFirstProof(step) && !isOfUndo(step));
}

function isFirstProof({ kind, params }: PlannedStep): boolean {
  return kind === 'proveDisabled' || (kind === 'proveLockedOut' && params['again'] !== 1);
}
