import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import { ArchiveFailed } from '../ports/archive-store.ts';
import { MailNotSent } from '../ports/notifier.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';

/** A step cannot be carried out, or its effect was not proven. Translated to a Temporal failure at one place, `run-step.ts`. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly code: StepFailureCode;

  constructor(code: StepFailureCode, options: { readonly cause?: unknown } = {}) {
    super(STEP_FAILURES[code].sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}

/** Vendor errors became `TargetUnavailable` at the connector's edge; what is left is told apart here, once. */
export function failureCodeOf(error: unknown): StepFailureCode {
  if (error instanceof StepFailed) return error.code;
  if (error instanceof TargetUnavailable) return 'TARGET_UNAVAILABLE';
  if (error instanceof ArchiveFailed) return 'ARCHIVE_FAILED';
  if (error instanceof MailNotSent) return 'MAIL_NOT_SENT';
  if (error instanceof StoreUnavailable) return 'STORE_UNAVAILABLE';
  return 'UNEXPECTED';
}
