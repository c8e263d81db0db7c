import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, override } from '../support/interceptions.ts';
import { startRoleChange, type RoleChangeOptions, type TestRoleChange } from '../support/role-change.ts';
import { rejectionOf } from '../support/test-case.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHr = { actorId: 'own_hr' };
const closed = (of: TestRoleChange) => of.until((record) => record.closedAtMs !== undefined);

/** Everything a role change touches, in whatever order it is kept. */
async function touched(of: TestRoleChange) {
  const { groups, lists, quotaBytes, role, aliases } = await of.account();
  const entry = await of.entry();
  const { managerId, department, template, accountRole } = entry;
  return {
    account: { groups: groups.toSorted(), lists: lists.toSorted(), quotaBytes, role, aliases },
    entry: { managerId, department, template, accountRole, groups: entry.groups.toSorted() },
    entryQuota: entry.quotaBytes,
  };
}

const up: RoleChangeOptions = { request: { accountRole: 'administrator' } };
const down: RoleChangeOptions = { administrator: true, request: { accountRole: 'user' } };

test('is cancelled before it begins, and leaves nothing behind', async () => {
  const change = await startRoleChange(engine);
  const before = await touched(change);
  await change.command('cancelCase', byHr);
  expect((await closed(change)).state).toBe('cancelled');
  expect(await touched(change)).toEqual(before);
  expect(await change.effects()).toEqual([]);
  await engine.temporal.realTimeClient.workflow.getHandle(change.workflowId).result();
  const claim = await engine.repositories.claims.get(
    `open:${change.orgId}:${change.person.id}`,
    change.orgId,
  );
  expect(claim).toBeUndefined();
});

test.each([
  ['on the date', HOUR, {}],
  ['on the date, of an administrator', HOUR, up],
  ['after the reminder', 12 * DAY, {}],
  ['after the reminder, of somebody who ends as administrator', 12 * DAY, down],
])('undone %s, everything is as it was, newest first', async (_when, afterMs, options) => {
  const change = await startRoleChange(engine, options);
  const before = await touched(change);
  await change.forwardTo(afterMs);
  expect(await touched(change)).not.toEqual(before);
  expect(await rejectionOf(change.command('cancelCase', byHr))).toBe('UNDO_NEEDED');
  await change.undo();
  const undone = await closed(change);
  expect(undone).toMatchObject({ state: 'undone', needsAttention: false });
  expect(await touched(change)).toEqual(before);
  const back = undone.plan.steps.filter((step) => step.undoes !== undefined);
  expect(back.at(-1)?.undoes).toBe('add-rights');
  expect(undone.plan.steps.map(({ kind }) => kind)).not.toContain('giveSetupLink');
});

function keepFromEnding(change: TestRoleChange, redKey: string): void {
  if (redKey === 'close-record')
    engine.interceptPorts(change.orgId, (ports) => {
      const { people } = ports.repositories;
      const update: typeof people.update = (org, id) => people.get(org, id);
      return { ...ports, repositories: { ...ports.repositories, people: { ...people, update } } };
    });
  else
    override(engine, change.orgId, {
      setRole: () => Promise.resolve({ kind: 'refused', reason: 'forbidden' }),
    });
}

test.each([
  ['with the entry red', {}, 'close-record'],
  ['with the demotion red', down, 'drop-administrator-role'],
])('undone after the old rights went, %s, everything is as it was', async (_what, options, redKey) => {
  const change = await startRoleChange(engine, options);
  const before = await touched(change);
  await change.forwardTo(13 * DAY);
  keepFromEnding(change, redKey);
  await change.forwardTo(14 * DAY + HOUR);
  expect((await change.step('remove-old-rights')).status).toBe('done');
  expect((await change.step(redKey)).status).not.toBe('done');
  expect((await change.account()).groups).not.toContain('board');
  heal(engine, change.orgId);
  await change.undo();
  expect((await closed(change)).state).toBe('undone');
  expect(await touched(change)).toEqual(before);
});

test('leaves alone what others changed since', async () => {
  const change = await startRoleChange(engine);
  const { orgId, accountId, person } = change;
  await change.forwardTo(HOUR);
  await change.setGroupsByHand(['staff', 'board', 'crm', 'project-x']);
  const call = { effectKey: 'hand:1', asOfMs: 0 };
  await engine.directory.setSettings(orgId, accountId, { aliases: [], quotaBytes: 33_000_000 }, call);
  const { rev } = await change.entry();
  await engine.repositories.people.update(orgId, person.id, rev, { department: 'Board' });
  await change.undo();
  expect((await closed(change)).state).toBe('undone');
  expect(await change.account()).toMatchObject({
    ...{ groups: ['staff', 'board', 'project-x'], lists: ['news'], quotaBytes: 33_000_000 },
  });
  expect(await change.entry()).toMatchObject({ department: 'Board', managerId: person.managerId });
});

test('keeps what the person had of the new role before', async () => {
  const change = await startRoleChange(engine, {
    request: { adds: { groups: ['staff', 'crm'], lists: ['news'] } },
  });
  const before = await touched(change);
  await change.forwardTo(HOUR);
  await change.undo();
  await closed(change);
  expect(await touched(change)).toEqual(before);
});

test('takes no administrator role back from the last one there is', async () => {
  const change = await startRoleChange(engine, up);
  const { orgId } = change;
  await change.forwardTo(HOUR);
  const { people } = engine.repositories;
  for (const other of await people.listAdministrators(orgId, 5))
    if (other.id !== change.person.id)
      await people.update(orgId, other.id, other.rev, { status: 'departed' });
  await change.undo();
  await change.until((now) => now.needsAttention);
  expect(await change.step('undo-change-record')).toMatchObject({
    ...{ status: 'failed', errorCode: 'LAST_ADMINISTRATOR' },
  });
  expect((await change.entry()).accountRole).toBe('administrator');
  expect((await change.account()).role).toBe('administrator');
});

test('is aborted in the overlap, and leaves both roles as they stand', async () => {
  const change = await startRoleChange(engine);
  await change.forwardTo(DAY);
  await change.command('cancelCase', { ...byHr, keep: true });
  expect((await closed(change)).state).toBe('cancelled');
  expect((await change.account()).groups).toEqual(['staff', 'board', 'crm']);
});
