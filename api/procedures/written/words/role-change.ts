import { endOfOldRights, isEnding } from '../../../../shared/domain/planner/role-change/end-of-old-rights.ts';
import {
  ROLE_CHANGE_LIMITS,
  type RoleChangeTemplate,
} from '../../../../shared/domain/planner/role-change-procedure.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';
import { counted } from '../relative-time.ts';
import type { Fact } from '../written-procedure.ts';
import { leftOut, needsAttention, readingOf, triedAgain } from './phrases.ts';
import type { ProcedureWords } from './procedure-words.ts';

export const ROLE_CHANGE_WORDS: ProcedureWords<RoleChangeTemplate> = {
  title: 'Procedure: change of a role',
  purpose:
    'So that somebody who changes roles has what the new one needs on the date, can hand over the old one, and keeps nothing of it for good.',
  cases: 'role changes',
  day: 'date of the change',
  instant: 'time of the change',
  otherDayOf(step, plan) {
    const atMs = endOfOldRights(plan);
    if (atMs === undefined || (step.kind !== 'remindOldRights' && !isEnding(step))) return undefined;
    return { day: 'end of the overlap', instant: 'end of the overlap', atMs };
  },
  steps: {
    dropAdministratorRole: {
      ...STEP_DESCRIPTIONS.dropAdministratorRole,
      onlyIf: 'the new role is not one of an administrator and the old one was',
    },
  },
  phases: ({ overlapDays }) => ({
    onTheDay: {
      title: 'The date of the change',
      intro: 'All of it is due at one local time, in the zone of the person.',
    },
    after: {
      title: 'The end of the overlap',
      intro: `What only the old role gave ends ${counted(overlapDays, 'day')} after the date, at the same local time.`,
    },
  }),
  reading: readingOf('role change'),
  failure: () => [
    'On no target the old rights go before the new ones were proven to be there: where one fails, nothing is taken away there.',
    triedAgain('where rights are given or taken'),
    needsAttention('A role change'),
    'A date that is past counts from the moment it is asked for.',
    `Until the old rights end the overlap can be made longer, up to ${counted(ROLE_CHANGE_LIMITS.longestOverlapDays, 'day')} in all.`,
    'Undone, what the case changed goes or comes back, and nothing else. The last administrator stays one.',
    'Who has accounts on several targets has these steps once on each.',
  ],
  numbers: (template) => Object.values(ROWS).map((row) => row(template)),
};

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof RoleChangeTemplate]-?: (template: RoleChangeTemplate) => Fact } = {
  changeTime: ({ changeTime }) => ['Time of the change, where a role change does not say', changeTime],
  overlapDays: ({ overlapDays }) => [
    'Overlap, where a role change does not say',
    counted(overlapDays, 'day'),
  ],
  reminderDaysBefore: ({ reminderDaysBefore }) => [
    'Manager reminded',
    `${counted(reminderDaysBefore, 'day')} before the end of the overlap`,
  ],
  noticeTime: ({ noticeTime }) => ['Time of that mail', noticeTime],
  leavesOut: ({ leavesOut }) => leftOut(leavesOut),
};
