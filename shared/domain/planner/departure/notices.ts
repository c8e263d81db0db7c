import type { LocalCalendar } from '../../local-calendar.ts';
import type { StepKind } from '../../step-kinds.ts';
import type { DepartureProcedure } from '../departure-procedure.ts';
import { at, type StepDraft } from '../plan-step.ts';
import { nextKey, sentBefore } from '../sent-notices.ts';
import type { PreviousPlan } from '../started-steps.ts';

export interface LeaveMoment {
  readonly leaveAtMs: number;
  /** Local date of it. */
  readonly date: string;
}

/** What notices are planned from. */
export interface NoticeInput {
  readonly procedure: DepartureProcedure;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly noticePossible: boolean;
  /** Absent: the leaver is not informed. */
  readonly leaverNoticeDaysBefore?: number;
  readonly previous?: PreviousPlan;
}

export interface Notices {
  readonly drafts: readonly StepDraft[];
  readonly warnings: readonly ('NO_MANAGER' | 'NOTICE_AT_ONCE' | 'LEAVER_NOT_INFORMED')[];
}

const NOTICE_KINDS: readonly StepKind[] = ['notifyManager', 'informLeaver', 'closeLeaverWindow'];
const WINDOW_KEY = 'close-leaver-window';
const NONE: Notices = { drafts: [], warnings: [] };

/** What goes out before the last day: to the manager, and to the leaver where it was asked for. */
export function noticesOf(input: NoticeInput, leave: LeaveMoment, calendar: LocalCalendar): Notices {
  const { previous } = input;
  if (previous?.leaveStays === true)
    return { ...NONE, drafts: previous.plan.steps.filter(({ kind }) => NOTICE_KINDS.includes(kind)) };
  const manager = managerNotice(input, leave, calendar);
  const leaver = leaverNotice(input, leave, calendar);
  return {
    drafts: [...manager.drafts, ...leaver.drafts],
    warnings: [...new Set([...manager.warnings, ...leaver.warnings])],
  };
}

function managerNotice(input: NoticeInput, leave: LeaveMoment, calendar: LocalCalendar): Notices {
  if (input.procedure.leavesOut.includes('notifyManager')) return NONE;
  if (!input.noticePossible) return { ...NONE, warnings: ['NO_MANAGER'] };
  const sent = sentBefore(input.previous, 'notifyManager');
  const step = { key: nextKey('notify-manager', sent), kind: 'notifyManager' as const };
  // Nobody is warned before the account is locked, when it has to be locked at once.
  if (leave.leaveAtMs <= input.nowMs) {
    const afterLock = { ...step, due: at(leave.leaveAtMs), dependsOn: ['prove-day-0'] };
    return { ...NONE, drafts: [...sent, afterLock] };
  }
  const { due, warnings } = daysBefore(input.procedure.noticeDaysBefore, input, leave, calendar);
  return { drafts: [...sent, { ...step, due }], warnings };
}

/** From the notice to the lock the leaver may take private mail out, and confirm it: what is left is archived. */
function leaverNotice(input: NoticeInput, leave: LeaveMoment, calendar: LocalCalendar): Notices {
  const { leaverNoticeDaysBefore: days, previous } = input;
  if (days === undefined) return NONE;
  const sent = sentBefore(previous, 'informLeaver');
  const closed = previous?.plan.steps.find(({ key }) => key === WINDOW_KEY && previous.startedKeys.has(key));
  if (closed !== undefined) return { ...NONE, drafts: [...sent, closed] };
  const inTime = leave.leaveAtMs > input.nowMs;
  if (!inTime && sent.length === 0) return { ...NONE, warnings: ['LEAVER_NOT_INFORMED'] };
  const { due, warnings } = daysBefore(days, input, leave, calendar);
  const notice: StepDraft = { key: nextKey('inform-leaver', sent), kind: 'informLeaver', due };
  const drafts = inTime ? [...sent, notice] : sent;
  const follows = drafts.map(({ key }) => key);
  const window: StepDraft = { key: WINDOW_KEY, kind: 'closeLeaverWindow', due: at(leave.leaveAtMs), follows };
  return { drafts: [...drafts, window], warnings: inTime ? warnings : [] };
}

function daysBefore(
  days: number,
  { procedure, nowMs, timeZone }: NoticeInput,
  leave: LeaveMoment,
  calendar: LocalCalendar,
): Pick<Notices, 'warnings'> & Pick<StepDraft, 'due'> {
  const date = calendar.addDays(leave.date, -days);
  const wishedMs = calendar.instantOf(date, procedure.noticeTime, timeZone).atMs;
  return { due: at(Math.max(wishedMs, nowMs)), warnings: wishedMs < nowMs ? ['NOTICE_AT_ONCE'] : [] };
}
