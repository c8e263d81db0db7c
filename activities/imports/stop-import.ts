import { isOver, type ImportStop, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';

/** It was at work, or could have been: what was waited for is of no interest any more. */
export const AT_REST = {
  paused: undefined,
  waiting: undefined,
  trouble: undefined,
} as const satisfies ImportChanges;

/** Stops an import that is not over. */
export function stopWith(current: PeopleImport, stopped: ImportStop): ImportChanges | undefined {
  return isOver(current) ? undefined : { ...AT_REST, state: 'stopped', stopped };
}
