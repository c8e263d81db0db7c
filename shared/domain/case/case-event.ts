import type { Plan } from '../plan.ts';

/** One round of one step. News of an older round changes nothing. */
interface OfRound {
  readonly key: string;
  readonly round: number;
  readonly atMs: number;
}

/** Everything that can change a case. Instants are the workflow's clock. */
export type CaseEvent =
  | ({ readonly kind: 'stepStarted' } & OfRound)
  /** The first try failed; the step goes on being tried. */
  | ({ readonly kind: 'stepRetrying'; readonly errorCode: string } & OfRound)
  | ({ readonly kind: 'stepSettled'; readonly outcome: 'done' | 'not_applicable' } & OfRound)
  /** `called`: a destructive call may have reached its target. */
  | ({ readonly kind: 'stepFailed'; readonly errorCode: string; readonly called: boolean } & OfRound)
  /** Called back while it was being tried (pause, retry at once, cancellation), or withheld by a hold or a pause. */
  | ({ readonly kind: 'stepWithdrawn'; readonly called: boolean } & OfRound)
  | { readonly kind: 'stepFlagged'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'approvalAwaited'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'noticeSent'; readonly notice: CaseNotice; readonly atMs: number }
  | { readonly kind: 'rescheduled'; readonly plan: Plan; readonly atMs: number }
  | { readonly kind: 'paused'; readonly atMs: number }
  | { readonly kind: 'resumed'; readonly atMs: number }
  | { readonly kind: 'cancelled'; readonly atMs: number }
  | { readonly kind: 'retried'; readonly key: string; readonly atMs: number }
  /** Carried out again although it was settled: what it rests on has changed. */
  | { readonly kind: 'reapplied'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'skipAsked'; readonly key: string; readonly actorId: string; readonly atMs: number }
  | { readonly kind: 'approved'; readonly key: string; readonly actorId: string; readonly atMs: number }
  | { readonly kind: 'holdPlaced'; readonly atMs: number }
  | { readonly kind: 'holdLifted'; readonly atMs: number }
  | { readonly kind: 'released' | 'frozen' | 'unfrozen' | 'checklistAwaited'; readonly atMs: number }
  | { readonly kind: 'attested'; readonly key: string; readonly actorId: string; readonly atMs: number }
  | { readonly kind: 'undoAsked'; readonly plan: Plan; readonly atMs: number }
  | { readonly kind: 'closed'; readonly atMs: number };

type WithoutInstant<E> = E extends unknown ? Omit<E, 'atMs'> : never;
/** An event before its instant is known. */
export type CaseNews = WithoutInstant<CaseEvent>;

/** `attention`: the case is red; `approval`: somebody is asked; `escalation`: nobody answered; `checklist`: items are due; `guard`: over the limit. */
export const CASE_NOTICES = ['attention', 'approval', 'escalation', 'checklist', 'guard'] as const;
export type CaseNotice = (typeof CASE_NOTICES)[number];
