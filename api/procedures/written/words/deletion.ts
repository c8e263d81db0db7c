import { GRACE_LIMITS } from '../../../../shared/domain/deletion.ts';
import type { DeletionTemplate } from '../../../../shared/domain/planner/deletion-procedure.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';
import { counted, listed } from '../relative-time.ts';
import type { Fact } from '../written-procedure.ts';
import { leftOut, readingOf, titles } from './phrases.ts';
import type { ProcedureWords } from './procedure-words.ts';

export const DELETION_WORDS: ProcedureWords<DeletionTemplate> = {
  title: 'Procedure: deletion of an account',
  purpose:
    'So that nothing is deleted that others need, nothing before somebody else has agreed, and everything can be had back until the end of the grace.',
  cases: 'deletions',
  day: 'day it is asked for',
  instant: 'moment it is asked for',
  phases: ({ graceDays }) => ({
    before: { title: 'Before', intro: 'Nothing: nobody is warned of a deletion.' },
    onTheDay: {
      title: 'At once',
      intro:
        'The account is locked, one step after the other. Then what is in it is handed over as it was decided, and archived.',
    },
    after: {
      title: 'In the grace',
      intro:
        'Days count from the moment it is asked for. The gate does not wait for these, the deletion does.',
    },
    purge: {
      title: 'The deletion',
      intro: `The gate opens when every item is decided and somebody else has typed the name. Nothing is deleted before a grace of ${counted(graceDays, 'day')} after it is over.`,
    },
  }),
  reading: readingOf('deletion'),
  failure: () => [
    "The steps that lock do not wait for each other's success: where one fails, the others lock the account all the same.",
    'A deletion with a step that is red needs attention, and is never called completed before somebody retries the step, or leaves it out with a reason.',
    'An item of the checklist that nobody decides keeps the gate closed, however long it takes. What is said to have been done by hand is looked at before anything is deleted.',
    'A legal hold stops the gate and the deletion; lifted within the grace, the grace starts anew. A pause stops everything, a freeze of the organisation whatever takes away or deletes.',
    `Until the first deletion everything can be restored: what the steps say about it is put back, newest first. In the end: ${STEP_DESCRIPTIONS.giveSetupLink.does}`,
  ],
  numbers: (template) => Object.values(ROWS).map((row) => row(template)),
};

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof DeletionTemplate]-?: (template: DeletionTemplate) => Fact } = {
  dayZero: ({ dayZero }) => ['Order of the lock', titles(dayZero)],
  leavesOut: ({ leavesOut }) => leftOut(leavesOut),
  proofDays: ({ proofDays }) => [
    'Lockout proven again',
    `${listed(proofDays.map((day) => `day ${day}`))}, and before the deletion`,
  ],
  graceDays: ({ graceDays }) => [
    'Grace',
    `${counted(graceDays, 'day')} from the gate on; a deletion may ask for ${GRACE_LIMITS.minDays} to ${GRACE_LIMITS.maxDays}`,
  ],
  reminderDaysBefore: ({ reminderDaysBefore }) => [
    'Reminders',
    `${listed(reminderDaysBefore.map((days) => counted(days, 'day')))} before the end of the grace`,
  ],
};
