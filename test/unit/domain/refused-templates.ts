import { INVESTIGATION_ITEMS, REVOKED_KINDS, type LeaveTemplate } from '../../../shared/domain/leave.ts';
import {
  DEPARTURE_PROCEDURE,
  type DepartureTemplate,
} from '../../../shared/domain/planner/departure-procedure.ts';
import type { OnboardingTemplate } from '../../../shared/domain/planner/onboarding-procedure.ts';
import type { RoleChangeTemplate } from '../../../shared/domain/planner/role-change-procedure.ts';

/** What is refused, with the end of the code's name: a code without a row fails. */
type Refusals<Template> = readonly (readonly [string, Partial<Template>, readonly string[]])[];

const { dayZero } = DEPARTURE_PROCEDURE;
type Order = DepartureTemplate['dayZero'];
type Kind = Order[number];

/** The usual order with one step in the place of another. */
export function movedOnDayZero(kind: Kind, to: Kind): Order {
  const others = dayZero.filter((one) => one !== kind);
  const place = dayZero.indexOf(to);
  return [...others.slice(0, place), kind, ...others.slice(place)];
}

export const REFUSED_DEPARTURES: Refusals<DepartureTemplate> = [
  ['STEP_TWICE', { dayZero: [...dayZero, 'rotatePassword'] }, ['/dayZero/12']],
  ['STEP_MISSING', { dayZero: dayZero.filter((kind) => kind !== 'removeMemberships') }, ['/dayZero']],
  ['STEP_CONTRADICTION', { leavesOut: ['removeMemberships'] }, ['/dayZero/9']],
  ...(
    ['disableAccount', 'rotatePassword', 'revokeSessions', 'removeOwnRules', 'proveLockedOut'] as const
  ).map(
    (kind) =>
      [
        'STEP_ESSENTIAL',
        { dayZero: dayZero.filter((one) => one !== kind), leavesOut: [kind] },
        ['/leavesOut/0'],
      ] as const,
  ),
  ['STEP_ESSENTIAL', { dayZero: dayZero.filter((kind) => kind !== 'revokeAppPasswords') }, ['/dayZero']],
  // The proofs of the weeks after do not stand for the one of the last day.
  ['STEP_ESSENTIAL', { dayZero: dayZero.filter((kind) => kind !== 'proveLockedOut') }, ['/dayZero']],
  ...(
    [
      'archiveMailbox',
      'openPurgeGate',
      'remindBeforeDeletion',
      'reassignReferences',
      'startRedirect',
    ] as const
  ).map((kind) => ['STEP_ESSENTIAL', { leavesOut: [kind] }, ['/leavesOut/0']] as const),
  ['STEP_ESSENTIAL', { leavesOut: ['notifyManager', 'enableAccount'] }, ['/leavesOut/1']],
  ['STEP_ESSENTIAL', { proofDays: [], reminderDaysBefore: [] }, ['/dayZero']],
  ['SNAPSHOT_LATE', { dayZero: movedOnDayZero('takeSnapshot', 'disableAccount') }, ['/dayZero/0']],
  [
    'REVOKES_BEFORE_DISABLING',
    { dayZero: movedOnDayZero('revokeSessions', 'disableAccount') },
    ['/dayZero/1'],
  ],
  [
    'REVOKES_BEFORE_DISABLING',
    { dayZero: movedOnDayZero('disableAccount', 'switchOffProtocols') },
    ['/dayZero/2', '/dayZero/3'],
  ],
  ['PROVES_BEFORE_LOCKING', { dayZero: movedOnDayZero('proveLockedOut', 'disableAccount') }, ['/dayZero/1']],
  ['PROVES_BEFORE_LOCKING', { dayZero: movedOnDayZero('proveLockedOut', 'revokeOwnKeys') }, ['/dayZero/10']],
  ['NOTICE_LATE', { noticeDaysBefore: 0 }, ['/noticeDaysBefore']],
  ['NOTICE_LATE', { leaverNoticeDaysBefore: 0 }, ['/leaverNoticeDaysBefore']],
  ['DAYS_UNORDERED', { proofDays: [7, 1, 30] }, ['/proofDays/1']],
  ['DAYS_UNORDERED', { proofDays: [1, 1] }, ['/proofDays/1']],
  ['DAYS_UNORDERED', { reminderDaysBefore: [3, 14] }, ['/reminderDaysBefore/1']],
  ['AFTER_GATE', { proofDays: [1, 91] }, ['/proofDays/1']],
  ['AFTER_GATE', { handoverDay: 91 }, ['/handoverDay']],
  ['AFTER_GATE', { autoReplyDays: 91 }, ['/autoReplyDays']],
  ['GATE_BEFORE_ARCHIVE', { archiveDay: 91 }, ['/archiveDay']],
  ['DELETES_BEFORE_ARCHIVE', { archiveDay: 121 }, ['/archiveDay']],
  ['GRACE_TOO_SHORT', { graceDays: 13, reminderDaysBefore: [3, 1] }, ['/graceDays']],
  ['REMINDER_OUTSIDE_GRACE', { reminderDaysBefore: [31, 14] }, ['/reminderDaysBefore/0']],
  ['REMINDER_OUTSIDE_GRACE', { reminderDaysBefore: [14, 0] }, ['/reminderDaysBefore/1']],
];

export const REFUSED_ONBOARDINGS: Refusals<OnboardingTemplate> = [
  ...(['createAccount', 'activateAccount', 'giveWelcome', 'proveUsable', 'addMemberships'] as const).map(
    (kind) => ['STEP_ESSENTIAL', { leavesOut: ['followUp', kind] }, ['/leavesOut/1']] as const,
  ),
  ['ACCOUNT_LATE', { createDaysBefore: 0 }, ['/createDaysBefore']],
  ['ACCOUNT_LATE', { createDaysBefore: -1 }, ['/createDaysBefore']],
  ['REMINDER_LATE', { reminderDaysBefore: 0 }, ['/reminderDaysBefore']],
  ['FOLLOW_UP_EARLY', { followUpDays: 0 }, ['/followUpDays']],
];

export const REFUSED_ROLE_CHANGES: Refusals<RoleChangeTemplate> = [
  ...(['noteRights', 'addRights', 'removeOldRights', 'changePersonRecord'] as const).map(
    (kind) => ['STEP_ESSENTIAL', { leavesOut: [kind] }, ['/leavesOut/0']] as const,
  ),
  ['REMINDER_OUTSIDE_OVERLAP', { reminderDaysBefore: 0 }, ['/reminderDaysBefore']],
  ['REMINDER_OUTSIDE_OVERLAP', { reminderDaysBefore: 14 }, ['/reminderDaysBefore']],
  ['REMINDER_OUTSIDE_OVERLAP', { overlapDays: 0 }, ['/reminderDaysBefore']],
];

export const REFUSED_LEAVES: Refusals<LeaveTemplate> = [
  ...(['disableAccount', 'proveDisabled', 'proveLockedOut', 'enableAccount', 'proveActive'] as const).map(
    (kind) => ['STEP_ESSENTIAL', { leavesOut: [kind] }, ['/leavesOut/0']] as const,
  ),
  ...REVOKED_KINDS.map(
    (kind) =>
      ['STEP_ESSENTIAL', { revokes: REVOKED_KINDS.filter((one) => one !== kind) }, ['/revokes']] as const,
  ),
  ['STEP_TWICE', { revokes: [...REVOKED_KINDS, 'rotatePassword'] }, ['/revokes/5']],
  ['STEP_TWICE', { investigation: ['review-rules', 'review-rules', 'decide'] }, ['/investigation/1']],
  ['UNDECIDED', { investigation: [] }, ['/investigation']],
  ['UNDECIDED', { investigation: ['review-sign-ins'] }, ['/investigation']],
  ['UNDECIDED', { investigation: INVESTIGATION_ITEMS.toReversed() }, ['/investigation']],
];
