import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startRoleChange, type TestRoleChange } from '../support/role-change.ts';
import { rejectionOf } from '../support/test-case.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const closed = (of: TestRoleChange) => of.until((record) => record.closedAtMs !== undefined);

test('lives from the request to the end of the old rights: given on the date, told, reminded, taken, each read back', async () => {
  const change = await startRoleChange(engine);
  const { manager, newManager } = change;
  await change.forwardTo(-HOUR);
  expect(await change.effects()).toEqual([]);
  expect((await change.record()).state).toBe('scheduled');

  await change.forwardTo(HOUR);
  expect(await change.account()).toMatchObject({
    groups: ['staff', 'board', 'crm'],
    lists: ['news', 'orders'],
    quotaBytes: 20_000_000,
  });
  expect(await change.entry()).toMatchObject({
    ...{
      template: 'sales',
      managerId: newManager.id,
      department: 'Sales',
      groups: ['staff', 'board', 'crm'],
    },
    ...{ quotaBytes: 20_000_000, accountRole: 'user', status: 'active' },
  });
  const [told] = change.mails();
  expect(new Set(told?.to)).toEqual(new Set([manager.address, newManager.address]));
  expect(told?.text).toContain('- group crm\n- list orders');
  expect(told?.text).toMatch(/ends on .*:\n- group board\n- list news/u);

  await change.forwardTo(10 * DAY);
  expect(change.mails()).toHaveLength(1);
  await change.forwardTo(12 * DAY);
  expect(change.mails()).toHaveLength(2);
  expect(change.mails()[1]).toMatchObject({ to: [newManager.address] });
  expect((await change.account()).groups).toContain('board');

  await change.forwardTo(14 * DAY + HOUR);
  expect((await closed(change)).state).toBe('completed');
  expect(await change.account()).toMatchObject({ groups: ['staff', 'crm'], lists: ['orders'] });
  expect((await change.entry()).groups).toEqual(['staff', 'crm']);
  expect(await change.effects()).toEqual(['setMemberships', 'setSettings', 'setMemberships']);
  const statuses = Object.values(await change.stepStatuses());
  expect(statuses).toEqual(statuses.map(() => 'done'));
});

test('takes what only the old role gave: what came during the overlap stays, also where it has its name', async () => {
  const change = await startRoleChange(engine, {
    request: { removes: { groups: ['board', 'wiki'], lists: ['news'] } },
  });
  await change.forwardTo(HOUR);
  await change.setGroupsByHand(['staff', 'board', 'crm', 'wiki', 'project-x']);
  await change.forwardTo(14 * DAY + HOUR);
  await closed(change);
  expect((await change.account()).groups).toEqual(['staff', 'crm', 'wiki', 'project-x']);
});

test('makes an administrator on the date, on every target', async () => {
  const change = await startRoleChange(engine, { onBranch: true, request: { accountRole: 'administrator' } });
  await change.forwardTo(-HOUR);
  expect((await change.account()).role).toBe('user');
  await change.forwardTo(HOUR);
  expect((await change.account()).role).toBe('administrator');
  expect((await engine.branch.getAccount(change.orgId, change.accountId))?.role).toBe('administrator');
  expect((await change.entry()).accountRole).toBe('administrator');
});

test('makes a user of an administrator when the overlap is over, not before', async () => {
  const change = await startRoleChange(engine, { administrator: true, request: { accountRole: 'user' } });
  await change.forwardTo(13 * DAY);
  expect([(await change.account()).role, (await change.entry()).accountRole]).toEqual([
    'administrator',
    'administrator',
  ]);
  await change.forwardTo(14 * DAY + HOUR);
  expect((await closed(change)).state).toBe('completed');
  expect([(await change.account()).role, (await change.entry()).accountRole]).toEqual(['user', 'user']);
});

test('leaves the last administrator one, and asks for a person', async () => {
  const change = await startRoleChange(engine, {
    ...{ administrator: true, lastAdministrator: true },
    request: { accountRole: 'user' },
  });
  await change.forwardTo(15 * DAY);
  expect(await change.step('record-demotion')).toMatchObject({
    status: 'failed',
    errorCode: 'LAST_ADMINISTRATOR',
  });
  expect((await change.account()).role).toBe('administrator');
  expect((await change.entry()).accountRole).toBe('administrator');
});

test('does it all on every target, and takes nothing on one that did not get the new role', async () => {
  const change = await startRoleChange(engine, { onBranch: true });
  const real = engine.targetOf(change.orgId, 'branch');
  const refuses = () => Promise.resolve({ kind: 'refused', reason: 'forbidden' } as const);
  engine.interceptTarget(change.orgId, () => ({ ...real, setMemberships: refuses }), 'branch');
  await change.forwardTo(15 * DAY);
  expect(await change.stepStatuses()).toMatchObject({
    ...{ 'add-rights': 'done', 'add-rights@branch': 'failed', 'change-record': 'waiting' },
    ...{ 'remove-old-rights': 'done', 'remove-old-rights@branch': 'waiting' },
  });
  const onBranch = await engine.branch.getAccount(change.orgId, change.accountId);
  expect(onBranch).toMatchObject({ groups: ['staff', 'board'], lists: ['news'] });

  engine.interceptTarget(change.orgId, () => real, 'branch');
  await change.command('retryStep', { actorId: 'own_it', stepKey: 'add-rights@branch' });
  expect((await closed(change)).state).toBe('completed');
  expect(await engine.branch.getAccount(change.orgId, change.accountId)).toMatchObject({
    ...{ groups: ['staff', 'crm'], lists: ['orders'] },
  });
});

test('lets the old rights stay longer when the overlap is extended, and reminds anew', async () => {
  const change = await startRoleChange(engine);
  await change.forwardTo(12 * DAY);
  expect(change.mails()).toHaveLength(2);
  await change.move({ overlapDays: 40 });
  await change.forwardTo(20 * DAY);
  expect((await change.account()).groups).toContain('board');
  expect(change.mails()).toHaveLength(2);
  await change.forwardTo(38 * DAY);
  expect(
    change
      .mails()
      .map(({ id }) => id)
      .at(-1),
  ).toContain('remind-old-rights-2');
  await change.forwardTo(40 * DAY + HOUR);
  expect((await closed(change)).state).toBe('completed');
  expect((await change.account()).groups).toEqual(['staff', 'crm']);
});

test('moves with its date, as long as it has not begun', async () => {
  const change = await startRoleChange(engine);
  const date = localCalendar.addDays((await change.record()).request.date, 20);
  await change.move({ date });
  await change.forwardTo(5 * DAY);
  expect(await change.effects()).toEqual([]);
  await change.forwardTo(20 * DAY + HOUR);
  expect((await change.step('add-rights')).status).toBe('done');
  // The planner leaves what began where it is, and the case refuses any other plan.
  const moved = await change.record();
  const later = moved.plan.steps.map((step) => ({ ...step, due: { kind: 'at' as const, atMs: 0 } }));
  const plan = { ...moved.plan, version: moved.plan.version + 1, steps: later };
  expect(await rejectionOf(change.command('reschedule', { actorId: 'own_hr', plan }))).toBe(
    'PLAN_MOVES_EXECUTED_STEP',
  );
});

test('takes nothing while the organisation is frozen, and can be extended meanwhile', async () => {
  const change = await startRoleChange(engine);
  await change.forwardTo(13 * DAY);
  await change.command('freezeCase', { actorId: 'own_it' });
  await change.forwardTo(15 * DAY);
  expect((await change.step('remove-old-rights')).status).toBe('waiting');
  await change.move({ overlapDays: 30 });
  await change.command('unfreezeCase', { actorId: 'own_it' });
  await change.forwardTo(20 * DAY);
  expect((await change.account()).groups).toContain('board');
  await change.forwardTo(30 * DAY + HOUR);
  await closed(change);
  expect((await change.account()).groups).not.toContain('board');
});

test('gives the person no manager who left meanwhile, or whom the person manages by now', async () => {
  const change = await startRoleChange(engine);
  const { people } = engine.repositories;
  const { orgId, newManager, person } = change;
  await people.update(orgId, newManager.id, newManager.rev, { managerId: person.id });
  await change.forwardTo(HOUR);
  expect(await change.step('change-record')).toMatchObject({
    ...{ status: 'failed', errorCode: 'MANAGER_UNAVAILABLE' },
  });
  expect((await change.entry()).managerId).toBe(person.managerId);

  const { rev } = (await people.get(orgId, newManager.id))!;
  await people.update(orgId, newManager.id, rev, { managerId: undefined });
  await change.command('retryStep', { actorId: 'own_it', stepKey: 'change-record' });
  await change.until((now) =>
    now.steps.some(({ key, status }) => key === 'tell-managers' && status === 'done'),
  );
  expect((await change.entry()).managerId).toBe(newManager.id);
});

test('sets no quota that the mailbox has outgrown', async () => {
  const change = await startRoleChange(engine, { request: { quotaBytes: 5 } });
  await change.forwardTo(HOUR);
  expect(await change.step('add-rights')).toMatchObject({ status: 'failed', errorCode: 'QUOTA_BELOW_USE' });
  expect((await change.account()).quotaBytes).toBe(10_000_000);
});
