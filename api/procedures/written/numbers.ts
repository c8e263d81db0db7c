import { presetOf } from '../../../shared/domain/country-presets.ts';
import type { DepartureTemplate } from '../../../shared/domain/planner/departure-procedure.ts';
import { STEP_DESCRIPTIONS } from '../../../shared/domain/procedure/step-descriptions.ts';
import type { StepKind } from '../../../shared/domain/step-kinds.ts';
import { counted, listed } from './relative-time.ts';
import type { Fact } from './written-procedure.ts';

const beforeLastDay = (days: number): string => `${counted(days, 'day')} before the last day`;
const dayList = (days: readonly number[]): string => listed(days.map((day) => `day ${day}`));
const titles = (kinds: readonly StepKind[]): string =>
  listed(kinds.map((kind) => `“${STEP_DESCRIPTIONS[kind].title}”`));

/** Everything a template says: a new number without a row does not compile. */
const ROWS: { readonly [K in keyof DepartureTemplate]-?: (template: DepartureTemplate) => Fact } = {
  noticeDaysBefore: ({ noticeDaysBefore }) => ['Notice to the manager', beforeLastDay(noticeDaysBefore)],
  leaverNoticeDaysBefore: ({ leaverNoticeDaysBefore }) => [
    'Notice to the leaver, where it is asked for',
    beforeLastDay(leaverNoticeDaysBefore),
  ],
  noticeTime: ({ noticeTime }) => ['Time of the notices', noticeTime],
  dayZero: ({ dayZero }) => ['Order of the last day', titles(dayZero)],
  leavesOut: ({ leavesOut }) => ['Left out', leavesOut.length === 0 ? 'nothing' : titles(leavesOut)],
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

export function numbersOf(template: DepartureTemplate): readonly Fact[] {
  return Object.values(ROWS).map((row) => row(template));
}
