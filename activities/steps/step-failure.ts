import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';

/** A step cannot be carried out, or its effect was not proven. Translated to a Temporal failure at one place, `run-step.ts`. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly code: StepFailureCode;

  constructor(code: StepFailureCode, options: { readonly cause?: unknown } = {}) {
    super(STEP_FAILURES[code].sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}
