import type { z } from 'zod';
import { INVESTIGATION_ITEMS, REVOKED_KINDS } from '../../shared/domain/leave.ts';
import { DAY_ZERO_KINDS } from '../../shared/domain/planner/departure/day-zero.ts';
import type {
  leaveTemplateFields,
  onboardingTemplateFields,
  roleChangeTemplateFields,
  templateFields,
} from './procedure-fields.ts';

export const onboardingTemplateExample: z.output<typeof onboardingTemplateFields> = {
  createDaysBefore: 10,
  startTime: '08:30',
  reminderDaysBefore: 2,
  noticeTime: '09:00',
  followUpDays: 7,
  leavesOut: [],
};
export const roleChangeTemplateExample: z.output<typeof roleChangeTemplateFields> = {
  changeTime: '08:00',
  overlapDays: 21,
  reminderDaysBefore: 3,
  noticeTime: '09:00',
  leavesOut: [],
};
export const leaveTemplateExample: z.output<typeof leaveTemplateFields> = {
  time: '06:00',
  openReplyDays: 180,
  investigation: [...INVESTIGATION_ITEMS],
  revokes: [...REVOKED_KINDS],
  leavesOut: ['notifyManager'],
};

export const templateExample: z.output<typeof templateFields> = {
  noticeDaysBefore: 7,
  noticeTime: '09:00',
  leaverNoticeDaysBefore: 14,
  dayZero: [...DAY_ZERO_KINDS],
  leavesOut: [],
  proofDays: [1, 7, 30],
  handoverDay: 7,
  archiveDay: 45,
  purgeDay: 90,
  graceDays: 30,
  reminderDaysBefore: [14, 3, 1],
};
