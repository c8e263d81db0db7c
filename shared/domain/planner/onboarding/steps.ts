import { keyOn, paramsOn, type PlannedTarget } from '../departure/departure-days.ts';
import { at, type StepDraft } from '../plan-step.ts';

/** What the steps of an onboarding and their instants are made from. */
export interface OnboardingDays {
  readonly nowMs: number;
  readonly startAtMs: number;
  readonly createAtMs: number;
  readonly followUpAtMs: number;
  /** The first one first. */
  readonly targets: readonly PlannedTarget[];
  readonly hasMemberships: boolean;
  readonly reminders: readonly StepDraft[];
  readonly noticePossible: boolean;
}

/** The first step of all: called off, a case gives the names back at the very end. */
const NAMES_KEY = 'reserve-names';
const WELCOME_KEY = 'give-welcome';

/** Its evidence holds the secret's fingerprint the account was made with. */
export const CREATE_KEY = 'create-account';

const created = (target: PlannedTarget) => keyOn(target, CREATE_KEY);
const opened = (target: PlannedTarget) => keyOn(target, 'activate-account');

/**
 * The steps of an onboarding in order. Targets do not wait for each other until the welcome: its link sets the password of every
 * account. Nobody is followed up for a welcome that did not go out, and everybody for an account that is open.
 */
export function stepsOfOnboarding(days: OnboardingDays): readonly StepDraft[] {
  const { nowMs, targets, reminders } = days;
  return [
    { key: NAMES_KEY, kind: 'reserveNames', due: at(nowMs) },
    ...targets.flatMap((target) => making(days, target)),
    ...reminders,
    ...targets.map((target) => opening(days, target)),
    ...welcome(days),
    ...followUp(days),
  ];
}

function making({ createAtMs, hasMemberships }: OnboardingDays, target: PlannedTarget): readonly StepDraft[] {
  const due = at(createAtMs);
  const params = paramsOn(target);
  const create: StepDraft = {
    key: created(target),
    kind: 'createAccount',
    due,
    dependsOn: [NAMES_KEY],
    params,
  };
  if (!hasMemberships) return [create];
  const dependsOn = [created(target)];
  return [create, { key: keyOn(target, 'add-memberships'), kind: 'addMemberships', due, dependsOn, params }];
}

function opening({ startAtMs }: OnboardingDays, target: PlannedTarget): StepDraft {
  return {
    ...{ key: opened(target), kind: 'activateAccount', due: at(startAtMs) },
    ...{ dependsOn: [created(target)], params: paramsOn(target) },
  };
}

function welcome({ startAtMs, targets }: OnboardingDays): readonly StepDraft[] {
  const due = at(startAtMs);
  const proofs = targets.map((target): StepDraft => ({
    ...{ key: keyOn(target, 'prove-usable'), kind: 'proveUsable', due },
    ...{ dependsOn: [WELCOME_KEY], params: paramsOn(target) },
  }));
  return [{ key: WELCOME_KEY, kind: 'giveWelcome', due, dependsOn: targets.map(opened) }, ...proofs];
}

function followUp({ followUpAtMs, targets, noticePossible }: OnboardingDays): readonly StepDraft[] {
  if (!noticePossible) return [];
  const due = at(followUpAtMs);
  return [{ key: 'follow-up', kind: 'followUp', due, dependsOn: targets.map(opened) }];
}
