import { STEP_KINDS, type StepKind } from '../step-kinds.ts';

/** The numbers of the departure procedure. Plan, simulation and written document are made from them. Days and local times. */
export interface DepartureProcedure {
  /** With its version, e.g. `departure@2`. */
  readonly name: string;
  /** Kinds of step that this version does not have. */
  readonly leavesOut: readonly StepKind[];
  readonly noticeDaysBefore: number;
  readonly noticeTime: string;
  /** Where the leaver is informed and nothing else was asked for. */
  readonly leaverNoticeDaysBefore: number;
  /** Days after the lockout on which it is proven again. */
  readonly proofDays: readonly number[];
  readonly archiveDay: number;
  readonly purgeDay: number;
  readonly graceDays: number;
  /** Days before the end of the grace. */
  readonly reminderDaysBefore: readonly number[];
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

const numbers = {
  noticeDaysBefore: 7,
  noticeTime: '09:00',
  leaverNoticeDaysBefore: 14,
  proofDays: [1, 7, 30],
  archiveDay: 60,
  purgeDay: 90,
  graceDays: 30,
  reminderDaysBefore: [14, 3, 1],
};

/** Every version there was, oldest first: an open case keeps the one it was planned with until somebody moves it. */
const DEPARTURE_PROCEDURES: readonly DepartureProcedure[] = [
  {
    ...numbers,
    name: 'departure@1',
    leavesOut: STEP_KINDS.filter((kind) => !KINDS_OF_FIRST_RELEASE.includes(kind)),
  },
  { ...numbers, name: 'departure@2', leavesOut: [] },
];

/** The version that new departures are planned with. */
export const DEPARTURE_PROCEDURE: DepartureProcedure = procedureNamed('departure@2');

export function isProcedure(name: string): boolean {
  return DEPARTURE_PROCEDURES.some((procedure) => procedure.name === name);
}

/** The procedure a plan was made from. Throws for a name that never was one: see `isProcedure`. */
export function procedureNamed(name: string): DepartureProcedure {
  const found = DEPARTURE_PROCEDURES.find((procedure) => procedure.name === name);
  if (found === undefined) throw new Error(`there is no procedure ${name}`);
  return found;
}

export function isNewerProcedure(name: string, than: string): boolean {
  const names = DEPARTURE_PROCEDURES.map((procedure) => procedure.name);
  return names.indexOf(name) > names.indexOf(than);
}

/** How far a last day may lie from today, in days. */
export const LAST_DAY_LIMITS = { pastDays: 90, futureDays: 731 } as const;
