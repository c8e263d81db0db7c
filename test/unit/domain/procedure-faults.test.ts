import { describe, expect, test } from '@jest/globals';
import {
  BUILT_IN_PROCEDURES,
  DEPARTURE_PROCEDURE,
  type DepartureTemplate,
} from '../../../shared/domain/planner/departure-procedure.ts';
import { procedureFaults } from '../../../shared/domain/procedure/procedure-faults.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { movedOnDayZero, REFUSED_DEPARTURES } from './refused-templates.ts';

const { dayZero } = DEPARTURE_PROCEDURE;
const faultsOf = (changes: Partial<DepartureTemplate>): readonly string[] =>
  procedureFaults({ ...DEPARTURE_PROCEDURE, ...changes }, localCalendar).map(
    ({ code, field }) => `${code} ${field}`,
  );

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
      { dayZero: movedOnDayZero('rotatePassword', 'disableAccount') },
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

describe('refuses', () => {
  test.each(REFUSED_DEPARTURES)('%s for %j', (code, changes, fields) => {
    expect(faultsOf(changes)).toEqual(fields.map((field) => `PROCEDURE_${code} ${field}`));
  });
});
