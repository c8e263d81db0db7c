import {
  DEPARTURE_PROCEDURE,
  type DepartureProcedure,
  type DepartureTemplate,
} from './departure-procedure.ts';
import { onRelease } from './on-release.ts';

/** What may be said of a deletion procedure. Everything else of a deletion happens at once. */
export type DeletionTemplate = Pick<
  DepartureTemplate,
  'dayZero' | 'leavesOut' | 'proofDays' | 'graceDays' | 'reminderDaysBefore'
>;

/** What deletions are planned with: a departure at once, before which nobody is warned. */
export const DELETION_PROCEDURE: DepartureProcedure = {
  ...DEPARTURE_PROCEDURE,
  name: 'deletion@1',
  ofDeletion: true,
  leavesOut: ['notifyManager'],
  proofDays: [1, 7],
  ...{ handoverDay: 0, archiveDay: 0, purgeDay: 0 },
};

export function templateOfDeletion({
  dayZero,
  leavesOut,
  proofDays,
  graceDays,
  reminderDaysBefore,
}: DeletionTemplate): DeletionTemplate {
  return { dayZero, leavesOut, proofDays, graceDays, reminderDaysBefore };
}

/** A version that an organisation made for itself. */
export function ownDeletion(name: string, template: DeletionTemplate): DepartureProcedure {
  return onRelease([DELETION_PROCEDURE], name, template);
}
