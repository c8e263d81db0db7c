import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refusalOf, startProcedureApi, type ProcedureApi } from '../../support/procedures.ts';
import type { Json } from '../../support/test-api.ts';

interface Example {
  readonly kind: string;
  readonly shipped: string;
  readonly own: string;
  readonly title: string;
  /** What a version says otherwise, the keys of the steps it moves first, and a line it changes in the document. */
  readonly changes: Json;
  readonly moved: string;
  readonly line: string;
  /** The form of a template, and what its plans must keep. */
  readonly malformed: readonly (readonly [Json, string])[];
  readonly unsound: readonly (readonly [Json, string, string])[];
}

const EXAMPLES: readonly Example[] = [
  {
    ...{ kind: 'onboarding', shipped: 'onboarding@1', own: 'onboarding@1.1' },
    ...{ title: 'onboarding of a person', moved: 'create-account', changes: { createDaysBefore: 3 } },
    line: '- **When:** 3 days before the first day, at the start time.',
    malformed: [
      [{ createDaysBefore: -1 }, '/createDaysBefore'],
      [{ createDaysBefore: 91 }, '/createDaysBefore'],
      [{ startTime: '8:00' }, '/startTime'],
      [{ reminderDaysBefore: 91 }, '/reminderDaysBefore'],
      [{ noticeTime: '24:00' }, '/noticeTime'],
      [{ followUpDays: 91 }, '/followUpDays'],
      [{ followUpDays: 1.5 }, '/followUpDays'],
      [{ leavesOut: ['everything'] }, '/leavesOut/0'],
      [{ dayZero: [] }, '/dayZero'],
    ],
    unsound: [
      [{ leavesOut: ['proveUsable'] }, 'STEP_ESSENTIAL', '/leavesOut/0'],
      [{ createDaysBefore: 0 }, 'ACCOUNT_LATE', '/createDaysBefore'],
      [{ reminderDaysBefore: 0 }, 'REMINDER_LATE', '/reminderDaysBefore'],
      [{ followUpDays: 0 }, 'FOLLOW_UP_EARLY', '/followUpDays'],
    ],
  },
  {
    ...{ kind: 'role_change', shipped: 'role-change@1', own: 'role-change@1.1' },
    ...{ title: 'change of a role', moved: 'remind-old-rights', changes: { overlapDays: 21 } },
    line: 'What only the old role gave ends 21 days after the date, at the same local time.',
    malformed: [
      [{ overlapDays: -1 }, '/overlapDays'],
      [{ overlapDays: 366 }, '/overlapDays'],
      [{ changeTime: 'noon' }, '/changeTime'],
      [{ reminderDaysBefore: 91 }, '/reminderDaysBefore'],
      [{ noticeTime: '' }, '/noticeTime'],
      [{ leavesOut: 'remindOldRights' }, '/leavesOut'],
    ],
    unsound: [
      [{ leavesOut: ['addRights'] }, 'STEP_ESSENTIAL', '/leavesOut/0'],
      [{ reminderDaysBefore: 20 }, 'REMINDER_OUTSIDE_OVERLAP', '/reminderDaysBefore'],
      [{ overlapDays: 0 }, 'REMINDER_OUTSIDE_OVERLAP', '/reminderDaysBefore'],
    ],
  },
  {
    ...{ kind: 'leave', shipped: 'leave@1', own: 'leave@1.1' },
    ...{ title: 'leave of a person, and suspicious accounts', moved: 'take-snapshot' },
    changes: { time: '06:00' },
    line: '- **Leaves begin and end, where a leave does not say:** 06:00',
    malformed: [
      [{ time: '6' }, '/time'],
      [{ openReplyDays: 0 }, '/openReplyDays'],
      [{ openReplyDays: 1_828 }, '/openReplyDays'],
      [{ investigation: ['ask-anna'] }, '/investigation/0'],
      [{ revokes: ['deleteAccount'] }, '/revokes/0'],
      [{ leavesOut: [7] }, '/leavesOut/0'],
    ],
    unsound: [
      [{ leavesOut: ['proveDisabled'] }, 'STEP_ESSENTIAL', '/leavesOut/0'],
      [{ revokes: ['rotatePassword'] }, 'STEP_ESSENTIAL', '/revokes'],
      [{ investigation: ['decide', 'decide'] }, 'STEP_TWICE', '/investigation/1'],
      [{ investigation: ['review-rules'] }, 'UNDECIDED', '/investigation'],
    ],
  },
  {
    ...{ kind: 'deletion', shipped: 'deletion@1', own: 'deletion@1.1' },
    ...{ title: 'deletion of an account', moved: 'prove-day-9', changes: { proofDays: [9] } },
    line: '- **When:** day 9.',
    malformed: [
      [{ graceDays: 366 }, '/graceDays'],
      [{ proofDays: [] }, '/proofDays'],
      [{ archiveDay: 3 }, '/archiveDay'],
      [{ dayZero: ['bribeAccount'] }, '/dayZero/0'],
    ],
    unsound: [
      [{ graceDays: 13, reminderDaysBefore: [1] }, 'GRACE_TOO_SHORT', '/graceDays'],
      [{ leavesOut: ['archiveMailbox'] }, 'STEP_ESSENTIAL', '/leavesOut/0'],
      [{ reminderDaysBefore: [31] }, 'REMINDER_OUTSIDE_GRACE', '/reminderDaysBefore/0'],
    ],
  },
];

describe.each(EXAMPLES)('the procedure of a case of the kind $kind', (example) => {
  const { kind, shipped, own, changes } = example;
  let api: ProcedureApi;
  beforeAll(async () => {
    api = await startProcedureApi(shipped);
  });
  afterAll(() => api.close());
  const chosen = async () => (await api.request('GET', '/v1/organisation')).body['procedures'];
  const inForce = async () => (await api.request('GET', `/v1/procedures/in-force?kind=${kind}`)).body;

  test.each(example.malformed)('has not the form of %j', async (wrong, field) => {
    const { status, body } = await api.make(wrong);
    expect([status, body['field']]).toEqual([400, `/template${field}`]);
  });

  test.each(example.unsound)('is refused where it says %j', async (wrong, code, field) => {
    for (const dryRun of [true, false]) {
      const reply = await api.make(wrong, { dryRun });
      expect(refusalOf(reply)).toEqual([422, `PROCEDURE_${code}`, `/template${field}`]);
    }
    expect(await api.list(`?kind=${kind}`)).toEqual([[shipped, 'built_in', true]]);
  });

  test('says everything that a version says', async () => {
    const missing = Object.keys(api.template);
    for (const name of missing) {
      const { [name]: _left, ...template } = api.template;
      const { status, body } = await api.make({}, { template });
      expect([status, body['field']]).toEqual([400, `/template/${name}`]);
    }
    const foreign = kind === 'leave' ? { createDaysBefore: 7 } : { investigation: ['decide'] };
    expect((await api.make(foreign)).status).toBe(400);
  });

  test('is shown before it is made, made, listed, put in force, and read as a document', async () => {
    const tried = await api.make(changes, { dryRun: true });
    expect(tried).toMatchObject({ status: 200, body: { dryRun: true, name: own } });
    const difference = tried.body['difference'] as { readonly [part: string]: readonly Json[] };
    const touched = [...difference['moved']!, ...difference['added']!].map(({ key }) => key);
    expect(touched).toContain(example.moved);
    const made = await api.make(changes);
    expect(made).toMatchObject({
      status: 201,
      body: { name: own, kind, origin: 'own', inForce: false, template: { ...api.template, ...changes } },
    });
    expect((await inForce())['name']).toBe(shipped);
    expect((await api.putInForce(own, shipped)).body).toMatchObject({ kind, inForce: true });
    expect(await chosen()).toEqual({ [kind]: own });
    expect(await api.list(`?kind=${kind}`)).toEqual([
      [own, 'own', true],
      [shipped, 'built_in', false],
    ]);
    expect(await inForce()).toMatchObject({ name: own, kind, template: changes });
    const { text } = await api.read(`in-force?kind=${kind}&format=markdown`);
    expect(text).toContain(`# Procedure: ${example.title}`);
    expect(text.split('\n')).toContain(`- **Version:** ${own}`);
    expect(text).toContain(example.line);
    expect((await api.read(shipped, 'text/markdown')).text).not.toContain(example.line);
    // No other kind is touched by it.
    expect((await api.request('GET', '/v1/procedures/in-force')).body['name']).toBe('departure@2');
    expect((await api.putInForce(shipped, own)).body).toMatchObject({ inForce: true });
    expect((await inForce())['name']).toBe(shipped);
    // The newest that ships: the organisation follows the releases again.
    expect(await chosen()).toBeUndefined();
  });
});
