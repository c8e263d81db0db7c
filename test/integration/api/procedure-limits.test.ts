import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refusalOf, startProcedureApi, type ProcedureApi } from '../../support/procedures.ts';
import type { Json } from '../../support/test-api.ts';

let api: ProcedureApi;
beforeAll(async () => {
  api = await startProcedureApi();
});
afterAll(() => api.close());

const proofFirst = (dayZero: readonly string[]) => dayZero.toSpliced(1, 0, 'proveLockedOut').slice(0, -1);

test.each<[string, (template: Json) => Json, string, string]>([
  ['deletes before it archives', () => ({ archiveDay: 121 }), 'DELETES_BEFORE_ARCHIVE', '/archiveDay'],
  [
    'asks for the deletion before it archives',
    () => ({ archiveDay: 91 }),
    'GATE_BEFORE_ARCHIVE',
    '/archiveDay',
  ],
  [
    'proves before it disables',
    ({ dayZero }) => ({ dayZero: proofFirst(dayZero as readonly string[]) }),
    'PROVES_BEFORE_LOCKING',
    '/dayZero/1',
  ],
  [
    'proves the lock in the weeks after only',
    ({ dayZero }) => ({
      dayZero: (dayZero as readonly string[]).filter((kind) => kind !== 'proveLockedOut'),
    }),
    'STEP_ESSENTIAL',
    '/dayZero',
  ],
  ['leaves the password', () => ({ leavesOut: ['rotatePassword'] }), 'STEP_ESSENTIAL', '/leavesOut/0'],
  ['has hardly a grace', () => ({ graceDays: 7, reminderDaysBefore: [1] }), 'GRACE_TOO_SHORT', '/graceDays'],
  [
    'reminds too late',
    () => ({ reminderDaysBefore: [14, 0] }),
    'REMINDER_OUTSIDE_GRACE',
    '/reminderDaysBefore/1',
  ],
  ['counts backwards', () => ({ proofDays: [7, 1] }), 'DAYS_UNORDERED', '/proofDays/1'],
])('a procedure that %s is refused, with the reason and the place', async (_what, changesOf, code, field) => {
  for (const dryRun of [true, false]) {
    const reply = await api.make(changesOf(api.template), { dryRun });
    expect(refusalOf(reply)).toEqual([422, `PROCEDURE_${code}`, `/template${field}`]);
  }
  expect(await api.list()).toHaveLength(2);
});

test.each<[Json, string]>([
  [{ proofDays: [] }, '/proofDays'],
  [{ proofDays: [0] }, '/proofDays/0'],
  [{ proofDays: [1.5] }, '/proofDays/0'],
  [{ graceDays: 731 }, '/graceDays'],
  [{ archiveDay: -1 }, '/archiveDay'],
  [{ noticeDaysBefore: 91 }, '/noticeDaysBefore'],
  [{ noticeTime: '9:00' }, '/noticeTime'],
  [{ purgeDay: '90' }, '/purgeDay'],
  [{ dayZero: ['bribeAccount'] }, '/dayZero/0'],
  [{ dayZero: ['archiveMailbox'] }, '/dayZero/0'],
  [{ leavesOut: ['everything'] }, '/leavesOut/0'],
  [{ undoDays: 3 }, '/undoDays'],
])('%j has not the form of a procedure', async (changes, field) => {
  const { status, body } = await api.make(changes);
  expect([status, body['field']]).toEqual([400, `/template${field}`]);
});

test('says everything that is wrong at once, each with its reason', async () => {
  const { body } = await api.make({ archiveDay: 91, graceDays: 7, reminderDaysBefore: [3, 1] });
  expect((body['errors'] as readonly Json[]).map(({ code, field }) => [code, field])).toEqual([
    ['PROCEDURE_GATE_BEFORE_ARCHIVE', '/template/archiveDay'],
    ['PROCEDURE_GRACE_TOO_SHORT', '/template/graceDays'],
  ]);
  expect(body['title']).toBe(
    'The purge gate looks at the archive, so the archive is made on its day or before.',
  );
});
