import { describe, expect, test } from '@jest/globals';
import { PROCEDURE_FAULTS } from '../../../shared/errors/procedure-faults.ts';
import {
  BUILT_IN_PROCEDURES,
  DEPARTURE_PROCEDURE,
  type DepartureTemplate,
} from '../../../shared/domain/planner/departure-procedure.ts';
import { procedureFaults } from '../../../shared/domain/procedure/procedure-faults.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

const faultsOf = (changes: Partial<DepartureTemplate>): readonly string[] =>
  procedureFaults({ ...DEPARTURE_PROCEDURE, ...changes }, localCalendar).map(
    ({ code, field }) => `${code} ${field}`,
  );

const { dayZero } = DEPARTURE_PROCEDURE;
type Order = DepartureTemplate['dayZero'];
type Kind = Order[number];

/** The usual order with one step in the place of another. */
function moved(kind: Kind, to: Kind): Order {
  const others = dayZero.filter((one) => one !== kind);
  const place = dayZero.indexOf(to);
  return [...others.slice(0, place), kind, ...others.slice(place)];
}

test('the newest version that ships is accepted, the one that knows fewer ways in is not', () => {
  expect(faultsOf({})).toEqual([]);
  const old = procedureFaults(BUILT_IN_PROCEDURES[0], localCalendar).map(({ detail }) => detail);
  expect(old).toContain('It is revokeOtherCredentials.');
});

describe('accepts', () => {
  test.each<[string, Partial<DepartureTemplate>]>([
    ['the archive on the day of the gate', { archiveDay: 90 }],
    ['a reminder as soon as the gate is passed', { reminderDaysBefore: [30, 1] }],
    ['the shortest grace', { graceDays: 14 }],
    ['a single proof on the day of the gate', { proofDays: [90] }],
    ['an auto-reply until the gate', { autoReplyDays: 90 }],
    ['a handover at the leave time', { handoverDay: 0 }],
    ['no notice', { leavesOut: ['notifyManager'] }],
    [
      'the password changed before the account is disabled',
      { dayZero: moved('rotatePassword', 'disableAccount') },
    ],
    [
      'the last day without the steps that may be left out',
      {
        dayZero: dayZero.filter(
          (kind) => !['switchOffProtocols', 'dropAdministratorRole', 'removeMemberships'].includes(kind),
        ),
        leavesOut: ['switchOffProtocols', 'dropAdministratorRole', 'removeMemberships'],
      },
    ],
  ])('%s', (_what, changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });
});

/** The first column becomes the name of a code: a code without a row fails below. */
const REFUSED: readonly (readonly [string, Partial<DepartureTemplate>, readonly string[]])[] = [
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
  ['SNAPSHOT_LATE', { dayZero: moved('takeSnapshot', 'disableAccount') }, ['/dayZero/0']],
  ['REVOKES_BEFORE_DISABLING', { dayZero: moved('revokeSessions', 'disableAccount') }, ['/dayZero/1']],
  [
    'REVOKES_BEFORE_DISABLING',
    { dayZero: moved('disableAccount', 'switchOffProtocols') },
    ['/dayZero/2', '/dayZero/3'],
  ],
  ['PROVES_BEFORE_LOCKING', { dayZero: moved('proveLockedOut', 'disableAccount') }, ['/dayZero/1']],
  ['PROVES_BEFORE_LOCKING', { dayZero: moved('proveLockedOut', 'revokeOwnKeys') }, ['/dayZero/10']],
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

describe('refuses', () => {
  test.each(REFUSED)('%s for %j', (code, changes, fields) => {
    expect(faultsOf(changes)).toEqual(fields.map((field) => `PROCEDURE_${code} ${field}`));
  });

  test('for every reason there is', () => {
    const shown = new Set(REFUSED.map(([code]) => `PROCEDURE_${code}`));
    expect(Object.keys(PROCEDURE_FAULTS).filter((code) => !shown.has(code))).toEqual([]);
  });
});
