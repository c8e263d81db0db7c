import type { Plan, PlannedStep } from '../../plan.ts';

/** What ends with the overlap. */
export function isEnding({ kind, params }: Pick<PlannedStep, 'kind' | 'params'>): boolean {
  if (kind === 'changePersonRecord') return params['part'] !== 'newRole';
  return kind === 'removeOldRights' || kind === 'dropAdministratorRole';
}

/** When the rights of the old role end; `undefined` where nothing of it does. */
export function endOfOldRights({ steps }: Pick<Plan, 'steps'>): number | undefined {
  const due = steps.find(isEnding)?.due;
  return due?.kind === 'at' ? due.atMs : undefined;
}
