import type { CaseNews } from '../domain/case/case-event.ts';
import { rejectionOf, type CaseCommand } from '../domain/case/command.ts';
import type { CaseProgress } from '../domain/case/progress.ts';
import type { CommandRejectionCode } from '../errors/failure-types.ts';
import type { CaseUpdateName, CaseUpdates } from './commands.ts';

/** What an update means to a case. */
export interface Taken {
  /** What the validator judges. */
  readonly command: CaseCommand;
  readonly news: CaseNews;
}

/** The one place where an update's payload becomes a command and the news of it. */
export function readUpdate<Name extends CaseUpdateName>(name: Name, payload: CaseUpdates[Name]): Taken {
  return UPDATES[name](payload);
}

/** Why a case does not take an update; `undefined` when it does. What somebody insists on comes first. */
export function rejectionOfUpdate<Name extends CaseUpdateName>(
  progress: CaseProgress,
  name: Name,
  payload: CaseUpdates[Name],
): CommandRejectionCode | undefined {
  const { expectedSequence } = payload;
  if (expectedSequence !== undefined && expectedSequence !== progress.sequence) return 'PRECONDITION_FAILED';
  return rejectionOf(progress, readUpdate(name, payload).command);
}

export const UPDATES: { readonly [Name in CaseUpdateName]: (payload: CaseUpdates[Name]) => Taken } = {
  reschedule: ({ plan }) => ({ command: { kind: 'reschedule', plan }, news: { kind: 'rescheduled', plan } }),
  pauseCase: () => ({ command: { kind: 'pause' }, news: { kind: 'paused' } }),
  resumeCase: () => ({ command: { kind: 'resume' }, news: { kind: 'resumed' } }),
  cancelCase: ({ keep }) => ({
    command: { kind: 'cancel', keep: keep === true },
    news: { kind: 'cancelled' },
  }),
  undoCase: ({ plan }) => ({ command: { kind: 'undo', plan }, news: { kind: 'undoAsked', plan } }),
  releaseCase: ({ actorId }) => ({ command: { kind: 'release', actorId }, news: { kind: 'released' } }),
  freezeCase: () => ({ command: { kind: 'freeze' }, news: { kind: 'frozen' } }),
  unfreezeCase: () => ({ command: { kind: 'unfreeze' }, news: { kind: 'unfrozen' } }),
  reapplyStep: ({ stepKey }) => ({
    command: { kind: 'reapply', stepKey },
    news: { kind: 'reapplied', key: stepKey },
  }),
  retryStep: ({ stepKey }) => ({
    command: { kind: 'retry', stepKey },
    news: { kind: 'retried', key: stepKey },
  }),
  skipStep: ({ stepKey, actorId }) => ({
    command: { kind: 'skip', stepKey, actorId },
    news: { kind: 'skipAsked', key: stepKey, actorId },
  }),
  approveStep: ({ stepKey, actorId }) => ({
    command: { kind: 'approve', stepKey, actorId },
    news: { kind: 'approved', key: stepKey, actorId },
  }),
  completeChecklistItem: ({ stepKey, actorId }) => ({
    command: { kind: 'attest', stepKey },
    news: { kind: 'attested', key: stepKey, actorId },
  }),
  placeLegalHold: () => ({ command: { kind: 'placeLegalHold' }, news: { kind: 'holdPlaced' } }),
  liftLegalHold: () => ({ command: { kind: 'liftLegalHold' }, news: { kind: 'holdLifted' } }),
};
