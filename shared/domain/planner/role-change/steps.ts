import { keyOn, paramsOn, type PlannedTarget } from '../departure/departure-days.ts';
import { at, type StepDraft } from '../plan-step.ts';
import type { RoleChangePlanInput } from './plan-input.ts';

export interface RoleChangeMoments {
  readonly changeAtMs: number;
  readonly endsAtMs: number;
  /** Local date of the end. */
  readonly lastDay: string;
}

/** Its evidence holds the account as it was when the role changed. */
export const NOTE_KEY = 'note-rights';
/** Its evidence holds who managed the person before. */
export const RECORD_KEY = 'change-record';
const DEMOTION_KEY = 'record-demotion';

const noted = (target: PlannedTarget) => keyOn(target, NOTE_KEY);
const added = (target: PlannedTarget) => keyOn(target, 'add-rights');
const promoted = (target: PlannedTarget) => keyOn(target, 'give-administrator-role');
const removed = (target: PlannedTarget) => keyOn(target, 'remove-old-rights');

type Wanted = Pick<RoleChangePlanInput, 'targets' | 'gives' | 'takes' | 'role' | 'noticePossible'>;

/**
 * The steps of a role change in order. Targets do not wait for each other, and on none the old rights go before the new ones
 * were proven to be there.
 */
export function stepsOfRoleChange(
  wanted: Wanted,
  moments: RoleChangeMoments,
  reminders: readonly StepDraft[],
): readonly StepDraft[] {
  // The first account's steps have plain keys and no parameter; whoever has no account has the first target's.
  const targets: readonly PlannedTarget[] = [{}, ...wanted.targets.slice(1).map((id) => ({ id }))];
  const given = targets.flatMap((target) => giving(wanted, moments, target));
  return [
    ...given,
    ...recording(
      wanted,
      moments,
      given.map(({ key }) => key),
    ),
    ...reminders,
    ...demotion(wanted, moments, targets),
    ...ending(wanted, moments, targets),
  ];
}

function giving({ gives, role }: Wanted, { changeAtMs }: RoleChangeMoments, target: PlannedTarget) {
  const step = { due: at(changeAtMs), params: paramsOn(target) };
  const dependsOn = [noted(target)];
  const drafts: readonly StepDraft[] = [
    { ...step, key: noted(target), kind: 'noteRights' },
    ...(gives ? [{ ...step, key: added(target), kind: 'addRights' as const, dependsOn }] : []),
    ...(role === 'promoted'
      ? [{ ...step, key: promoted(target), kind: 'giveAdministratorRole' as const, dependsOn }]
      : []),
  ];
  return drafts;
}

/** The person's own entry follows the accounts, and whoever manages the person hears of it when all of that is so. */
function recording(
  { noticePossible }: Wanted,
  { changeAtMs }: RoleChangeMoments,
  dependsOn: readonly string[],
): readonly StepDraft[] {
  const due = at(changeAtMs);
  const record: StepDraft = {
    ...{ key: RECORD_KEY, kind: 'changePersonRecord', due, dependsOn, params: { part: 'newRole' } },
  };
  if (!noticePossible) return [record];
  return [record, { key: 'tell-managers', kind: 'tellManagers', due, dependsOn: [RECORD_KEY] }];
}

/**
 * Whoever is to be no administrator any more is not counted as one before the first account loses the role: of two who go at
 * the same moment, one is refused.
 */
function demotion(
  { role }: Wanted,
  { endsAtMs }: RoleChangeMoments,
  targets: readonly PlannedTarget[],
): readonly StepDraft[] {
  if (role !== 'demoted') return [];
  const due = at(endsAtMs);
  return [
    {
      ...{ key: DEMOTION_KEY, kind: 'changePersonRecord', due },
      ...{ dependsOn: [RECORD_KEY], params: { part: 'demotion' } },
    },
    ...targets.map((target): StepDraft => ({
      ...{ key: keyOn(target, 'drop-administrator-role'), kind: 'dropAdministratorRole', due },
      ...{ dependsOn: [DEMOTION_KEY], params: paramsOn(target) },
    })),
  ];
}

function ending(
  { gives, takes }: Wanted,
  { endsAtMs }: RoleChangeMoments,
  targets: readonly PlannedTarget[],
): readonly StepDraft[] {
  if (!takes) return [];
  const due = at(endsAtMs);
  return [
    ...targets.map((target): StepDraft => ({
      ...{ key: removed(target), kind: 'removeOldRights', due },
      ...{ dependsOn: [gives ? added(target) : noted(target)], params: paramsOn(target) },
    })),
    {
      ...{ key: 'close-record', kind: 'changePersonRecord', due },
      ...{ dependsOn: [RECORD_KEY, ...targets.map(removed)], params: { part: 'oldRole' } },
    },
  ];
}
