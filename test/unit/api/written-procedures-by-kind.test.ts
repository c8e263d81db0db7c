import { describe, expect, test } from '@jest/globals';
import { procedureMarkdown } from '../../../api/procedures/written/markdown.ts';
import { writeProcedure } from '../../../api/procedures/written/write-procedure.ts';
import type { CaseKind } from '../../../shared/domain/case-states.ts';
import { newestBuiltIn } from '../../../shared/domain/procedure/procedure-kind.ts';
import { procedureKind } from '../../../shared/domain/procedure/procedure-kinds.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';

interface Document {
  readonly kind: CaseKind;
  readonly name: string;
  readonly parts: readonly string[];
  /** Of steps by their headings, the first of that name. */
  readonly whens: Readonly<Record<string, string>>;
  /** A number that is changed, and in how many lines it shows. */
  readonly numbers: readonly (readonly [object, number])[];
}

const DOCUMENTS: readonly Document[] = [
  {
    ...{ kind: 'onboarding', name: 'onboarding@1' },
    parts: ['onboarding of a person', 'Before the first day', 'The first day', 'The days after'],
    whens: {
      'Hold the names': 'at once, when the onboarding is asked for.',
      'Make the account': '7 days before the first day, at the start time.',
      'Tell the manager who comes': '2 days before the first day, 09:00.',
      'Open the account': 'at the start time.',
      'Prove that the person gets in': 'at the start time.',
      'Ask how it goes': 'day 7.',
    },
    numbers: [
      [{ createDaysBefore: 3 }, 3],
      [{ startTime: '17:30' }, 1],
      [{ reminderDaysBefore: 5 }, 2],
      [{ noticeTime: '17:30' }, 2],
      [{ followUpDays: 14 }, 2],
    ],
  },
  {
    ...{ kind: 'role_change', name: 'role-change@1' },
    parts: ['change of a role', 'The date of the change', 'The end of the overlap'],
    whens: {
      'Give the rights of the new role': 'at the time of the change.',
      'Remind the manager that the old rights end': '3 days before the end of the overlap, 09:00.',
      'Take the rights of the old role': 'at the end of the overlap.',
      "Change the person's entry: no administrator any more": 'at the end of the overlap.',
      "Change the person's entry: the old role is over": 'at the end of the overlap.',
    },
    numbers: [
      [{ changeTime: '17:30' }, 1],
      [{ overlapDays: 30 }, 2],
      [{ reminderDaysBefore: 5 }, 2],
      [{ noticeTime: '08:00' }, 2],
    ],
  },
  {
    ...{ kind: 'leave', name: 'leave@1' },
    parts: [
      ...['leave of a person, and suspicious accounts', 'The first day away', 'The return'],
      ...['A suspicious account', 'A suspicious account: the investigation, and its end'],
    ],
    whens: {
      'Disable the account': 'at the beginning of the leave.',
      'End the leave': 'when somebody says so.',
      'Open the account again': 'at the return.',
      'End the auto-reply': 'at the return.',
      'Change the password': 'at the moment it is asked for.',
      'Look into what happened': 'at the moment it is asked for.',
      'Give a setup link': 'right after “End the leave”.',
    },
    numbers: [
      [{ time: '17:30' }, 1],
      [{ openReplyDays: 30 }, 1],
      [{ investigation: ['review-rules', 'decide'] }, 1],
    ],
  },
];

function linesOf(kind: CaseKind, changes: object = {}): readonly string[] {
  const of = procedureKind(kind);
  const procedure = { ...newestBuiltIn(of), ...changes };
  const known = { of, procedure };
  return procedureMarkdown(writeProcedure(known, { calendar: localCalendar, inForce: true })).split('\n');
}

describe.each(DOCUMENTS)(
  'the written procedure of the kind $kind',
  ({ kind, name, parts, whens, numbers }) => {
    test('has its parts in the order in which they happen, and its version', () => {
      const [title, ...phases] = parts;
      expect(linesOf(kind).filter((line) => /^##? /u.test(line))).toEqual([
        `# Procedure: ${title!}`,
        ...['How to read it', ...phases, 'When something fails', 'The numbers'].map((part) => `## ${part}`),
      ]);
      expect(linesOf(kind)).toContain(`- **Version:** ${name}`);
      expect(linesOf(kind).join()).not.toMatch(/undefined|NaN/u);
    });

    test.each(Object.entries(whens))('says when: %s, %s', (heading, when) => {
      const lines = linesOf(kind);
      const start = lines.indexOf(`### ${heading}`);
      expect(start).toBeGreaterThan(0);
      const said = lines.slice(start).find((line) => line.startsWith('- **When:**'));
      expect(said).toContain(`- **When:** ${when}`);
    });

    test.each(numbers)('with %j other lines change in exactly %i places', (changes, count) => {
      const [before, after] = [linesOf(kind), linesOf(kind, changes)];
      expect(after.length).toBe(before.length);
      expect(before.filter((line, index) => after[index] !== line).length).toBe(count);
    });
  },
);

test('what is left out is not written of, but for that it is', () => {
  const without = (kind: CaseKind, heading: string, leavesOut: readonly string[]) => {
    expect(linesOf(kind)).toContain(`### ${heading}`);
    const lines = linesOf(kind, { leavesOut });
    expect(lines).not.toContain(`### ${heading}`);
    expect(lines).toContain(`- **Left out:** “${heading}”`);
  };
  without('onboarding', 'Tell the manager who comes', ['remindManager']);
  without('role_change', 'Remind the manager that the old rights end', ['remindOldRights']);
  without('leave', 'Tell the manager', ['notifyManager']);
});

test('a suspicious account is locked in the order of the version, and somebody on leave keeps the password', () => {
  const order = (lines: readonly string[]) => {
    const suspicion = lines.slice(lines.indexOf('## A suspicious account'));
    return ['Change the password', 'End all sessions'].map((title) => suspicion.indexOf(`### ${title}`));
  };
  const revokes = [
    ...(['revokeSessions', 'rotatePassword', 'revokeAppPasswords'] as const),
    ...(['revokeOtherCredentials', 'revokeOwnKeys'] as const),
  ];
  const [usual, other] = [order(linesOf('leave')), order(linesOf('leave', { revokes }))];
  expect([usual[0]! < usual[1]!, other[0]! < other[1]!]).toEqual([true, false]);
  const lines = linesOf('leave');
  const leave = lines.slice(0, lines.indexOf('## A suspicious account'));
  expect(leave).not.toContain('### Change the password');
});

test('nobody is said to be reminded of the end of a leave, and somebody to be of a suspicion', () => {
  const ends = linesOf('leave').flatMap((line, index, lines) =>
    line === '### End the leave'
      ? [lines.slice(index).find((one) => one.startsWith('- **Tried for:**'))]
      : [],
  );
  expect(ends).toEqual([
    '- **Tried for:** a person does it, and nobody is reminded.',
    '- **Tried for:** a person does it, and is reminded every 24 hours.',
  ]);
});

test('no document of another kind speaks of departures, but where there will be one', () => {
  const spoken = (kind: CaseKind) => linesOf(kind).filter((line) => /departure|leaver/u.test(line));
  expect([...spoken('leave'), ...spoken('role_change')]).toEqual([]);
  expect(spoken('onboarding').length).toBe(3);
});
