import type { Plan } from '../domain/plan.ts';

/** Who sends a command: the owner of the API key. An opaque id. */
interface ByActor {
  readonly actorId: string;
  /** Only if the case still stands at this change: else it is rejected with `PRECONDITION_FAILED`. */
  readonly expectedSequence?: number;
}
export interface StepCommand extends ByActor {
  readonly stepKey: string;
}
export type RescheduleCommand = ByActor & { readonly plan: Plan };
/** `keep`: what was done stays. Absent in the histories of the first version, where it always did. */
export type CancelCommand = ByActor & { readonly keep?: true };
/** The plan of the way back: what was started, and the steps that put it back. */
export type UndoCommand = ByActor & { readonly plan: Plan };
export type SkipCommand = StepCommand;
export type ActorCommand = ByActor;

/**
 * The updates a case takes. All validators are synchronous: a rejected command leaves no trace in the history. Its error
 * is an `ApplicationFailure` whose type is a `CommandRejectionCode`. The answer comes after the database knows it too.
 */
export interface CaseUpdates {
  readonly reschedule: RescheduleCommand;
  readonly pauseCase: ActorCommand;
  readonly resumeCase: ActorCommand;
  readonly cancelCase: CancelCommand;
  readonly undoCase: UndoCommand;
  readonly releaseCase: ActorCommand;
  readonly freezeCase: ActorCommand;
  readonly unfreezeCase: ActorCommand;
  readonly reapplyStep: StepCommand;
  readonly retryStep: StepCommand;
  readonly skipStep: SkipCommand;
  readonly approveStep: StepCommand;
  readonly completeChecklistItem: StepCommand;
  readonly placeLegalHold: ActorCommand;
  readonly liftLegalHold: ActorCommand;
}
export type CaseUpdateName = keyof CaseUpdates;

export interface CommandResult {
  /** `awaiting_second`: recorded, a second person must confirm (skipping an essential step). */
  readonly effect: 'applied' | 'awaiting_second';
  readonly sequence: number;
}
