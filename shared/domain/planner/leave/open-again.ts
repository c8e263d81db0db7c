import { keyOn, paramsOn, type PlannedTarget } from '../departure/departure-days.ts';
import { STEP_TRAITS } from '../../step-kinds.ts';
import type { StepDraft } from '../plan-step.ts';
import { endReply } from './auto-reply.ts';
import { endOf, investigation, type LeaveDays } from './leave-days.ts';
import { DISABLE_KEY, lock, proofKeyOn } from './lock.ts';

function proofOfReturnOn(target: PlannedTarget): string {
  return keyOn(target, 'prove-active');
}

/**
 * The account as it was before. Whatever took something away is settled first: a try that comes late must not lock somebody out
 * who is back, nor change the password they have just set.
 */
export function openAgain(days: LeaveDays, target: PlannedTarget): readonly StepDraft[] {
  const { due, dependsOn = [] } = endOf(days);
  const enable = keyOn(target, 'enable-account');
  const locks = lock(days, target).filter(({ kind }) => STEP_TRAITS[kind].locking === true);
  const restores = days.opensOnly ? {} : { restores: keyOn(target, DISABLE_KEY) };
  const awaited = [...dependsOn, ...[...investigation(days), ...locks].map(({ key }) => key)];
  return [
    {
      ...{ key: enable, kind: 'enableAccount', due, dependsOn: awaited },
      follows: days.opensOnly ? [] : [proofKeyOn(days, target)],
      params: { ...paramsOn(target), ...restores },
    },
    ...endReply(days, target, enable),
    {
      ...{ key: proofOfReturnOn(target), kind: 'proveActive', due, dependsOn: [...dependsOn, enable] },
      params: { ...paramsOn(target), ...restores },
    },
  ];
}

/** Of all targets one: the person sets one password. Given last, as a link to an account that is not open would help nobody. */
export function setupLink(days: LeaveDays): readonly StepDraft[] {
  if (!days.givesSetupLink) return [];
  const dependsOn = days.targets.map(proofOfReturnOn);
  const { due } = endOf(days);
  return [{ key: 'send-setup-link', kind: 'giveSetupLink', due, dependsOn }];
}
