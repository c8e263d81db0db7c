import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDeletion, aPersonWithBelongings, EVERYTHING_DECIDED } from '../../support/deletion-requests.ts';
import {
  localOf,
  startProcedureApi,
  stepsOf,
  type ProcedureApi,
  type ShownStep,
} from '../../support/procedures.ts';
import { createTestPerson, type Json, type Reply } from '../../support/test-api.ts';

/** Today is 2027-01-11. */
let api: ProcedureApi;
let managerId: string;
beforeAll(async () => {
  api = await startProcedureApi();
  managerId = await createTestPerson(api);
  const put = (name: string, body: Json) => api.request('PUT', `/v1/templates/${name}`, body);
  await put('support', { groups: ['helpdesk'], lists: [] });
  await put('sales', { groups: ['crm'], lists: [] });
});
afterAll(() => api.close());

/** Makes the next version of a kind and puts it in force. */
async function decide(basedOn: string, name: string, changes: Json): Promise<void> {
  const { body } = await api.request('GET', `/v1/procedures/${basedOn}`);
  const template = { ...(body['template'] as Json), ...changes };
  expect((await api.make({}, { basedOn, template })).status).toBe(201);
  expect((await api.putInForce(name, basedOn)).status).toBe(200);
}

let keys = 0;
const ask = (path: string, body: Json) => api.request('POST', `/v1/${path}`, body);
const tell = (path: string, body: Json) =>
  api.request('POST', `/v1/${path}`, body, { idempotencyKey: `tell-${(keys += 1)}` });
const show = (reply: Reply) => api.request('GET', `/v1/cases/${String(reply.body['id'])}`);
const requestOf = ({ body }: Reply) => body['request'] as Json;
const procedureOf = ({ body }: Reply) => (body['plan'] as Json)['procedure'];
/** What was planned when, but for what happens at once. */
const planned = (reply: Reply, ...keysOfSteps: readonly string[]) =>
  keysOfSteps.map((key) => localOf(stepsOf(reply), key));

test('an onboarding follows the version in force when it is asked for, and keeps it', async () => {
  const somebody = (lastName: string): Json => ({
    ...{ firstName: 'Nina', lastName, managerId, firstDay: '2027-03-01' },
  });
  const before = await ask('onboardings', somebody('First'));
  const numbers = { createDaysBefore: 10, startTime: '07:15', reminderDaysBefore: 4, followUpDays: 14 };
  await decide('onboarding@1', 'onboarding@1.1', { ...numbers, noticeTime: '10:00' });

  const dates = ['2027-02-19T07:15+01:00', '2027-02-25T10:00+01:00', '2027-03-15T07:15+01:00'];
  const simulated = await ask('onboardings/simulation', somebody('Second'));
  expect(simulated.body['procedure']).toBe('onboarding@1.1');
  const after = await ask('onboardings', somebody('Second'));
  for (const reply of [simulated, after])
    expect(planned(reply, 'create-account', 'remind-manager', 'follow-up')).toEqual(dates);
  expect(procedureOf(after)).toBe('onboarding@1.1');
  expect(requestOf(after)).toMatchObject({ startTime: '07:15', createDaysBefore: 10 });

  await decide('onboarding@1.1', 'onboarding@1.2', { followUpDays: 30, leavesOut: ['remindManager'] });
  for (const [reply, name, followUp] of [
    [before, 'onboarding@1', '2027-03-15T08:00+01:00'],
    [after, 'onboarding@1.1', '2027-03-22T07:15+01:00'],
  ] as const) {
    const path = `onboardings/${String(reply.body['id'])}/reschedule`;
    expect((await tell(path, { firstDay: '2027-03-08' })).status).toBe(200);
    const shown = await show(reply);
    expect([procedureOf(shown), planned(shown, 'follow-up')]).toEqual([name, [followUp]]);
    expect(planned(shown, 'remind-manager')).not.toEqual([undefined]);
  }
  const last = await ask('onboardings', somebody('Third'));
  expect(planned(last, 'remind-manager', 'follow-up')).toEqual([undefined, '2027-03-31T07:15+02:00']);
  expect(last.body['warnings']).toEqual([]);
});

test('a role change follows the version in force when it is asked for, and keeps it', async () => {
  const aMover = async (): Promise<Json> => {
    const personId = await createTestPerson(api, { groups: ['helpdesk'], managerId });
    await api.repositories.people.update(api.orgId, personId, 0, { template: 'support' });
    return { personId, to: 'sales', date: '2027-02-01' };
  };
  const before = await ask('role-changes', await aMover());
  const numbers = { changeTime: '06:00', overlapDays: 21, reminderDaysBefore: 5, noticeTime: '11:00' };
  await decide('role-change@1', 'role-change@1.1', numbers);

  const mover = await aMover();
  const dates = ['2027-02-01T06:00+01:00', '2027-02-17T11:00+01:00', '2027-02-22T06:00+01:00'];
  const simulated = await ask('role-changes/simulation', mover);
  expect(simulated.body['procedure']).toBe('role-change@1.1');
  const after = await ask('role-changes', mover);
  for (const reply of [simulated, after])
    expect(planned(reply, 'add-rights', 'remind-old-rights', 'remove-old-rights')).toEqual(dates);
  expect(procedureOf(after)).toBe('role-change@1.1');
  expect(requestOf(after)).toMatchObject({ time: '06:00', overlapDays: 21 });

  await decide('role-change@1.1', 'role-change@1.2', { leavesOut: ['remindOldRights'] });
  for (const [reply, name, reminder] of [
    [before, 'role-change@1', '2027-02-26T09:00+01:00'],
    [after, 'role-change@1.1', '2027-02-24T11:00+01:00'],
  ] as const) {
    const path = `role-changes/${String(reply.body['id'])}/extend`;
    expect((await tell(path, { overlapDays: 28 })).status).toBe(200);
    const shown = await show(reply);
    expect([procedureOf(shown), ...planned(shown, 'remind-old-rights')]).toEqual([name, reminder]);
  }
  const last = await ask('role-changes', await aMover());
  expect(planned(last, 'remind-old-rights')).toEqual([undefined]);
});

test('a leave follows the version in force when it is asked for, and keeps it', async () => {
  const aPerson = () => createTestPerson(api, { managerId });
  const days = { firstDay: '2027-02-01', returnDay: '2027-03-01' };
  const before = await ask('leaves', { personId: await aPerson(), reason: 'leave', ...days });
  await decide('leave@1', 'leave@1.1', {
    ...{ time: '06:00', openReplyDays: 90, investigation: ['review-rules', 'decide'] },
    ...{ leavesOut: ['notifyManager'] },
  });

  const wanted = { personId: await aPerson(), reason: 'leave', ...days };
  const dates = ['2027-02-01T06:00+01:00', '2027-03-01T06:00+01:00', undefined];
  const simulated = await ask('leaves/simulation', wanted);
  expect(simulated.body).toMatchObject({ procedure: 'leave@1.1', warnings: [] });
  const after = await ask('leaves', wanted);
  for (const reply of [simulated, after])
    expect(planned(reply, 'disable-account', 'enable-account', 'notify-manager')).toEqual(dates);
  expect(procedureOf(after)).toBe('leave@1.1');
  expect(requestOf(after)).toMatchObject({ time: '06:00' });
  const suspected = await ask('leaves', { personId: await aPerson(), reason: 'suspicious' });
  const items = ({ kind }: ShownStep) => kind === 'investigate';
  expect(stepsOf(suspected).filter(items)).toMatchObject([{ key: 'decide' }, { key: 'review-rules' }]);
  // What another case left locked is opened by it as well.
  const lockedId = await aPerson();
  const accountId = (await api.repositories.people.get(api.orgId, lockedId))!.accounts[0]!.accountId;
  const call = { effectKey: 'test:lock', asOfMs: api.clock.nowMs };
  await api.directory.disable(api.orgId, accountId, 'suspicious', call);
  const opening = await tell(`people/${lockedId}/enable`, {});
  expect(procedureOf(opening)).toBe('leave@1.1');
  expect(stepsOf(opening).filter(items)).toHaveLength(2);

  await decide('leave@1.1', 'leave@1.2', { openReplyDays: 30, leavesOut: [] });
  for (const [reply, name, replyDays, isTold] of [
    [before, 'leave@1', 365, true],
    [after, 'leave@1.1', 90, false],
  ] as const) {
    const moved = await tell(`leaves/${String(reply.body['id'])}/reschedule`, { returnDay: null });
    expect(moved.status).toBe(200);
    const shown = await show(reply);
    expect([procedureOf(shown), planned(shown, 'notify-manager')[0] !== undefined]).toEqual([name, isTold]);
    expect(requestOf(shown)).toMatchObject({ autoReply: { days: replyDays } });
  }
});

test('a deletion follows the version in force when it is asked for, and keeps it', async () => {
  const delete_ = async () =>
    ask('deletions', aDeletion(await aPersonWithBelongings(api, { managerId }), EVERYTHING_DECIDED));
  const before = await delete_();
  await decide('deletion@1', 'deletion@1.1', {
    ...{ proofDays: [2, 9], graceDays: 20, reminderDaysBefore: [5] },
  });
  const after = await delete_();
  expect([procedureOf(before), procedureOf(after)]).toEqual(['deletion@1', 'deletion@1.1']);
  const proofs = (reply: Reply) =>
    stepsOf(reply).flatMap(({ key }) => (key.startsWith('prove-day') ? [key] : []));
  expect(proofs(before)).toEqual(['prove-day-0', 'prove-day-1', 'prove-day-7']);
  expect(proofs(after)).toEqual(['prove-day-0', 'prove-day-2', 'prove-day-9']);
  const { plan } = (await api.repositories.cases.get(api.orgId, String(after.body['id'])))!;
  const due = plan.steps.find(({ key }) => key === 'delete-account')?.due;
  expect(due).toMatchObject({ kind: 'after', offsetMs: 20 * 86_400_000 });
});
