import { STEP_KINDS, type StepKind } from '../step-kinds.ts';
import { DAY_ZERO_KINDS, type DayZeroKind } from './departure/day-zero.ts';
import { onRelease, releaseNamed } from './on-release.ts';

/** What may be said of a departure procedure. Plan, simulation and written document are made from it. Days and local times. */
export interface DepartureTemplate {
  readonly noticeDaysBefore: number;
  readonly noticeTime: string;
  /** Where the leaver is informed and nothing else was asked for. */
  readonly leaverNoticeDaysBefore: number;
  /** The steps at the leave time, in their order. */
  readonly dayZero: readonly DayZeroKind[];
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
  /** Days after the lockout on which it is proven again. */
  readonly proofDays: readonly number[];
  /** Where a departure does not say. Absent: what is usual in the person's country. */
  readonly autoReplyDays?: number;
  /** Where a departure does not say: the day on which what the leaver had is handed over. */
  readonly handoverDay: number;
  readonly archiveDay: number;
  readonly purgeDay: number;
  readonly graceDays: number;
  /** Days before the end of the grace. */
  readonly reminderDaysBefore: readonly number[];
}

export interface DepartureProcedure extends DepartureTemplate {
  /** With its version, e.g. `departure@2`. */
  readonly name: string;
  /** Deletions are planned by it: the gate waits for no day to come, and what ends or is proven later does so in the grace. */
  readonly ofDeletion?: true;
}

/** The steps 0.1.0 knew. Whatever kind came later is left out of its procedure. */
const KINDS_OF_FIRST_RELEASE: readonly StepKind[] = [
  'notifyManager',
  'takeSnapshot',
  'disableAccount',
  'rotatePassword',
  'revokeAppPasswords',
  'revokeSessions',
  'removeOwnRules',
  'dropAdministratorRole',
  'proveLockedOut',
  'startAutoReply',
  'endAutoReply',
  'archiveMailbox',
  'openPurgeGate',
  'remindBeforeDeletion',
  'archiveNewMail',
  'deleteAccount',
  'quarantineAddress',
];

const usual: Omit<DepartureTemplate, 'leavesOut'> = {
  noticeDaysBefore: 7,
  noticeTime: '09:00',
  leaverNoticeDaysBefore: 14,
  dayZero: DAY_ZERO_KINDS,
  proofDays: [1, 7, 30],
  handoverDay: 7,
  archiveDay: 60,
  purgeDay: 90,
  graceDays: 30,
  reminderDaysBefore: [14, 3, 1],
};

/** Every version that shipped, oldest first: an open case keeps the one it was planned with until somebody moves it. */
export const BUILT_IN_PROCEDURES: readonly [DepartureProcedure, ...DepartureProcedure[]] = [
  {
    ...usual,
    name: 'departure@1',
    dayZero: DAY_ZERO_KINDS.filter((kind) => KINDS_OF_FIRST_RELEASE.includes(kind)),
    leavesOut: STEP_KINDS.filter((kind) => !KINDS_OF_FIRST_RELEASE.includes(kind)),
  },
  { ...usual, name: 'departure@2', leavesOut: [] },
];

/** The newest version that ships: what new departures are planned with, unless the organisation put another in force. */
export const DEPARTURE_PROCEDURE: DepartureProcedure = procedureNamed('departure@2');

/** A version that ships. Throws for a name that never was one. */
export function procedureNamed(name: string): DepartureProcedure {
  return releaseNamed(BUILT_IN_PROCEDURES, name);
}

/** A version that an organisation made for itself. */
export function ownDeparture({
  name,
  template,
}: {
  readonly name: string;
  readonly template: DepartureTemplate;
}): DepartureProcedure {
  return onRelease(BUILT_IN_PROCEDURES, name, template);
}

/** How far a last day may lie from today, in days. */
export const LAST_DAY_LIMITS = { pastDays: 90, futureDays: 731 } as const;
