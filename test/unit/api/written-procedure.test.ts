import { expect, test } from '@jest/globals';
import { knownOwn } from '../../../api/procedures/find-procedure.ts';
import { procedureMarkdown } from '../../../api/procedures/written/markdown.ts';
import { procedurePage } from '../../../api/procedures/written/procedure-page.ts';
import { writeProcedure } from '../../../api/procedures/written/write-procedure.ts';
import { CASE_KINDS } from '../../../shared/domain/case-states.ts';
import {
  BUILT_IN_PROCEDURES,
  DEPARTURE_PROCEDURE,
  type DepartureTemplate,
} from '../../../shared/domain/planner/departure-procedure.ts';
import { DEPARTURE_PROCEDURES } from '../../../shared/domain/procedure/kinds/departure.ts';
import type { OwnProcedure } from '../../../shared/domain/procedure/own-procedure.ts';
import { newestBuiltIn, type ProcedureKind } from '../../../shared/domain/procedure/procedure-kind.ts';
import { procedureKind } from '../../../shared/domain/procedure/procedure-kinds.ts';
import { STEP_DESCRIPTIONS } from '../../../shared/domain/procedure/step-descriptions.ts';
import { STEP_KINDS } from '../../../shared/domain/step-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

const { name: _name, ...usual } = DEPARTURE_PROCEDURE;

function written(changes: Partial<DepartureTemplate> = {}, of: Partial<OwnProcedure> = {}) {
  const own: OwnProcedure = {
    ...{ orgId: 'org_x', name: 'departure@2.1', template: { ...usual, ...changes } },
    ...{ basedOn: 'departure@2', reason: 'quicker', madeBy: 'own_x', madeAtMs: 0, commandId: 'c' },
    ...of,
  };
  return writeProcedure(knownOwn(DEPARTURE_PROCEDURES, own), {
    calendar: localCalendar,
    inForce: false,
    makerName: 'Hanna',
  });
}
const linesOf = (changes: Partial<DepartureTemplate> = {}) => procedureMarkdown(written(changes)).split('\n');
/** The part of the document about a step. */
function partOf(lines: readonly string[], title: string): string {
  const start = lines.indexOf(`### ${title}`);
  expect(start).toBeGreaterThan(0);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('#'));
  return lines.slice(start, start + 1 + length).join('\n');
}

test('says of every kind of step a procedure has what it does, on the way out or on the way back', () => {
  const textOf = (of: ProcedureKind) =>
    procedureMarkdown(
      writeProcedure({ of, procedure: newestBuiltIn(of) }, { calendar: localCalendar, inForce: true }),
    );
  const all = CASE_KINDS.map((kind) => textOf(procedureKind(kind))).join();
  expect(STEP_KINDS.filter((kind) => !all.includes(STEP_DESCRIPTIONS[kind].does))).toEqual([]);
  const titles = textOf(DEPARTURE_PROCEDURES)
    .split('\n')
    .filter((line) => line.startsWith('### '));
  expect(new Set(titles).size).toBe(titles.length - 1);
});

test('has its parts in the order in which they happen', () => {
  expect(linesOf().filter((line) => /^##? /u.test(line))).toEqual([
    '# Procedure: departure of a person',
    '## How to read it',
    '## Before the last day',
    '## The last day',
    '## The weeks after',
    '## The purge',
    '## When something fails',
    '## The numbers',
  ]);
  const lines = linesOf({ leaverNoticeDaysBefore: 3, archiveDay: 2, handoverDay: 20 });
  const place = (title: string) => lines.indexOf(`### ${title}`);
  expect(place('Tell the manager')).toBeLessThan(place('Tell the person who leaves'));
  expect(place('Archive the mailbox')).toBeLessThan(place('Hand over the files'));
});

test.each([
  ['Tell the manager', '7 days before the last day, 09:00.'],
  ['Tell the person who leaves', '14 days before the last day, 09:00. A departure may name other days.'],
  ['Disable the account', 'at the leave time.'],
  ['Archive the mailbox', 'day 60.'],
  ['Open the purge gate', 'day 90.'],
  ['Remind of the deletion', '14 days, 3 days and 1 day before the end of the grace.'],
  ['Delete the account', 'at the end of the grace.'],
  ['Keep the address from others', 'right after “Delete the account”.'],
  ['Ask whether the data is still needed', 'on every anniversary of the last day before that date.'],
])('says when: %s, %s', (title, when) => {
  expect(partOf(linesOf(), title)).toContain(`- **When:** ${when}`);
});

test('never takes a notice for something at the leave time, nor a single day for several', () => {
  const lines = linesOf({ noticeTime: '17:30', noticeDaysBefore: 1, proofDays: [1] });
  expect(partOf(lines, 'Tell the manager')).toContain('1 day before the last day, 17:30.');
  expect(partOf(lines, 'Prove that nobody gets in, again')).toContain('- **When:** day 1.');
});

test('says of a step what it waits for, how long it is tried, who approves it, and what undoes it', () => {
  const lines = linesOf();
  expect(partOf(lines, 'Change the password').split('\n')).toEqual(
    expect.arrayContaining([
      '- **Comes after:** “Disable the account”.',
      '- **Proven by:** The stored hash of the password is another one than before.',
      '- **Tried for:** 48 hours, and shown red after 15 minutes.',
      '- **Left out:** only by two people, with a reason.',
    ]),
  );
  const gate = partOf(lines, 'Open the purge gate');
  expect(gate).toContain('- **Waits for:** everything before it.');
  expect(gate).toContain('- **Approved by:** somebody other than who asked');
  expect(partOf(lines, 'Delete the account')).toContain(
    '- **Waits for:** “Remind of the deletion” and “Archive what arrived since”.',
  );
  expect(partOf(lines, 'Leave groups, lists and the mailboxes of others')).toContain(
    '- **Undone by:** “restore groups, lists and rights”: Memberships and rights are as they were.',
  );
});

test('follows the order of the last day, and does not have what is left out', () => {
  const dayZero = usual.dayZero.filter((kind) => kind !== 'removeMemberships');
  const lines = linesOf({ dayZero, leavesOut: ['removeMemberships', 'notifyManager'] });
  expect(lines).not.toContain('### Leave groups, lists and the mailboxes of others');
  expect(lines).not.toContain('### Tell the manager');
  expect(lines).toContain(
    '- **Left out:** “Leave groups, lists and the mailboxes of others” and “Tell the manager”',
  );
  expect(partOf(lines, "Revoke the person's own keys to Gangway")).toContain(
    '- **Comes after:** “Take the administrator role away”.',
  );
  const early = usual.dayZero.toSpliced(1, 2, 'rotatePassword', 'disableAccount');
  expect(partOf(linesOf({ dayZero: early }), 'Disable the account')).toContain('“Change the password”.');
});

test.each<[Partial<DepartureTemplate>, number]>([
  [{ archiveDay: 45 }, 2],
  [{ noticeTime: '08:15' }, 3],
  [{ graceDays: 40 }, 2],
  [{ handoverDay: 12 }, 6],
  [{ reminderDaysBefore: [7, 1] }, 2],
  [{ autoReplyDays: 20 }, 2],
])('with %j other lines change in exactly %i places', (changes, count) => {
  const [before, after] = [linesOf(), linesOf(changes)];
  expect(after.length).toBe(before.length);
  expect(before.filter((line, index) => after[index] !== line).length).toBe(count);
});

test('says who made it, when and why, and nothing that is put in can be taken for markup', () => {
  const reason = '*quick* <script>alert(1)</script> [here](https://x.test) # | `x`';
  const own = written({}, { reason });
  expect(procedureMarkdown(own).split('\n')).toEqual(
    expect.arrayContaining([
      '- **Version:** departure@2.1',
      '- **Made by:** Hanna (own\\_x)',
      '- **Made at:** 1970-01-01T00:00:00.000Z',
      '- **Reason:** \\*quick\\* \\<script\\>alert(1)\\</script\\> \\[here\\](https://x.test) \\# \\| \\`x\\`',
      '- **Follows:** departure@2',
    ]),
  );
  const page = procedurePage(own).markup;
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script');
});

test('the versions of every release can be read', () => {
  for (const procedure of BUILT_IN_PROCEDURES) {
    const text = procedureMarkdown(
      writeProcedure({ of: DEPARTURE_PROCEDURES, procedure }, { calendar: localCalendar, inForce: false }),
    );
    expect(text).toContain(`- **Version:** ${procedure.name}`);
    expect(text).toContain('this release of Gangway; it cannot be edited');
    expect(text).not.toMatch(/undefined|NaN/u);
  }
});
