import { presetOf } from '../../../../shared/domain/country-presets.ts';
import type { DepartureTemplate } from '../../../../shared/domain/planner/departure-procedure.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';
import type { DescribedStep } from '../described-step.ts';
import { counted, listed } from '../relative-time.ts';
import type { Fact } from '../written-procedure.ts';
import { leftOut, needsAttention, readingOf, titles, triedAgain } from './phrases.ts';
import type { ProcedureWords } from './procedure-words.ts';

export const DEPARTURE_WORDS: ProcedureWords<DepartureTemplate> = {
  title: 'Procedure: departure of a person',
  purpose:
    'So that nobody who has left gets in, nothing that others need is lost, and nothing is called done that was not proven done.',
  cases: 'departures',
  day: 'last day',
  instant: 'leave time',
  phases: ({ graceDays }) => ({
    before: {
      title: 'Before the last day',
      intro: 'Nothing is taken away yet. A notice whose time has passed goes out at once.',
    },
    onTheDay: {
      title: 'The last day',
      intro: 'All of it is due at the leave time, in the zone of the person, one step after the other.',
    },
    after: {
      title: 'The weeks after',
      intro: 'Days count from the last day, each at the leave time.',
    },
    purge: {
      title: 'The purge',
      intro: `Nothing is deleted before the gate is passed and a grace of ${counted(graceDays, 'day')} after it is over.`,
    },
  }),
  reading: readingOf('departure'),
  failure: onFailure,
  numbers: (template) => Object.values(ROWS).map((row) => row(template)),
};

const beforeLastDay = (days: number): string => `${counted(days, 'day')} before the last day`;
const dayList = (days: readonly number[]): string => listed(days.map((day) => `day ${day}`));

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof DepartureTemplate]-?: (template: DepartureTemplate) => Fact } = {
  noticeDaysBefore: ({ noticeDaysBefore }) => ['Notice to the manager', beforeLastDay(noticeDaysBefore)],
  leaverNoticeDaysBefore: ({ leaverNoticeDaysBefore }) => [
    'Notice to the leaver, where it is asked for',
    beforeLastDay(leaverNoticeDaysBefore),
  ],
  noticeTime: ({ noticeTime }) => ['Time of the notices', noticeTime],
  dayZero: ({ dayZero }) => ['Order of the last day', titles(dayZero)],
  leavesOut: ({ leavesOut }) => leftOut(leavesOut),
  proofDays: ({ proofDays }) => ['Lockout proven again', `${dayList(proofDays)}, and before the deletion`],
  autoReplyDays: ({ autoReplyDays }) => [
    'Auto-reply',
    autoReplyDays === undefined
      ? `as usual in the person's country (${counted(presetOf('default').autoReply.days, 'day')} where it has no rule of its own)`
      : `${counted(autoReplyDays, 'day')}, as far as the person's country allows`,
  ],
  handoverDay: ({ handoverDay }) => ['Handover', `day ${handoverDay}`],
  archiveDay: ({ archiveDay }) => ['Archive', `day ${archiveDay}`],
  purgeDay: ({ purgeDay }) => ['Purge gate opens', `day ${purgeDay}`],
  graceDays: ({ graceDays }) => ['Grace', `${counted(graceDays, 'day')} from the gate on`],
  reminderDaysBefore: ({ reminderDaysBefore }) => [
    'Reminders',
    `${listed(reminderDaysBefore.map((days) => counted(days, 'day')))} before the end of the grace`,
  ],
};

function onFailure(steps: readonly DescribedStep[]): readonly string[] {
  return [
    "The steps of the last day do not wait for each other's success: where one fails, the others lock the account all the same.",
    triedAgain('on the last day'),
    needsAttention('A departure'),
    `Where a later proof finds the account open again, it is red at once. Whoever retries it has the account locked again first: ${lockedAgain(steps)}.`,
    'An urgent departure, and one whose last day is past, locks at once. The manager is told when the lockout is proven, the leaver not at all, and all days count from that moment.',
    'A legal hold stops the gate and the deletion; lifted within the grace, the grace starts anew. A pause stops everything, a freeze of the organisation whatever takes away or deletes.',
    `Until the first deletion a departure can be undone: what the steps say about it is put back, newest first. In the end: ${STEP_DESCRIPTIONS.giveSetupLink.does}`,
    'Who has accounts on several targets has these steps once on each. Nothing is deleted anywhere before everything is archived.',
  ];
}

function lockedAgain(steps: readonly DescribedStep[]): string {
  const found = steps.find(({ step }) => step.reapplies.length > 0);
  const keys = found?.step.reapplies ?? [];
  const kinds = found?.plan.steps.filter(({ key }) => keys.includes(key)).map(({ kind }) => kind) ?? [];
  return listed(kinds.map((kind) => `“${STEP_DESCRIPTIONS[kind].title}”`));
}
