import type { SignInProbe } from '../ports/target-connector.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { StepFailed } from '../steps/step-failure.ts';

export function isUnavailable({ result }: SignInProbe): boolean {
  return result === 'unavailable';
}

/** Whatever a target says of an account counts only while its control account gets in: a target that is down proves nothing. */
export function assertControlSignsIn(control: readonly SignInProbe[]): void {
  if (control.some(isUnavailable)) throw new TargetUnavailable('the target did not answer a sign-in');
  if (control.length === 0 || control.some(({ result }) => result !== 'accepted'))
    throw new StepFailed('CONTROL_ACCOUNT_FAILED');
}
