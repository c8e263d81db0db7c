import type { OnboardingTemplate } from '../../../../shared/domain/planner/onboarding-procedure.ts';
import { counted } from '../relative-time.ts';
import type { Fact } from '../written-procedure.ts';
import { leftOut, needsAttention, readingOf, triedAgain } from './phrases.ts';
import type { ProcedureWords } from './procedure-words.ts';

export const ONBOARDING_WORDS: ProcedureWords<OnboardingTemplate> = {
  title: 'Procedure: onboarding of a person',
  purpose:
    'So that somebody who comes can work from the first minute on, nobody gets in before, and nothing is left of an onboarding that was called off.',
  cases: 'onboardings',
  day: 'first day',
  instant: 'start time',
  phases: () => ({
    before: {
      title: 'Before the first day',
      intro: 'The account is made, and closed: nobody gets in.',
    },
    onTheDay: {
      title: 'The first day',
      intro: 'All of it is due at the start time, in the zone of the person.',
    },
    after: { title: 'The days after', intro: 'Days count from the first day, each at the start time.' },
  }),
  reading: readingOf('onboarding'),
  failure: () => [
    triedAgain('where something is made, opened or proven'),
    needsAttention('An onboarding'),
    'Targets do not wait for each other until the way in is given: its link sets the password of every account. A mail that cannot be sent parks its step; the account stays open.',
    'Whoever comes on a day that is past is let in at once, and all days count from that moment.',
    'Called off, all of it is taken away again, newest first. An account that somebody used, and any on legal hold, is not deleted but locked, and kept for a departure.',
    'Who is here for a time has a last day; the departure is asked for by itself, in time.',
    'Who has accounts on several targets has these steps once on each.',
  ],
  numbers: (template) => Object.values(ROWS).map((row) => row(template)),
};

const beforeFirstDay = (days: number): string => `${counted(days, 'day')} before the first day`;

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof OnboardingTemplate]-?: (template: OnboardingTemplate) => Fact } = {
  createDaysBefore: ({ createDaysBefore }) => [
    'Account made, where an onboarding does not say',
    beforeFirstDay(createDaysBefore),
  ],
  startTime: ({ startTime }) => ['Account opens, where an onboarding does not say', startTime],
  reminderDaysBefore: ({ reminderDaysBefore }) => [
    'Manager told who comes',
    beforeFirstDay(reminderDaysBefore),
  ],
  noticeTime: ({ noticeTime }) => ['Time of that mail', noticeTime],
  followUpDays: ({ followUpDays }) => ['Asked how it goes', `day ${followUpDays}`],
  leavesOut: ({ leavesOut }) => leftOut(leavesOut),
};
