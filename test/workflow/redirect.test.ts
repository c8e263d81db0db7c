import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities/create-activities.ts';
import { addressClaimId, effectId, openCaseClaimId } from '../../shared/domain/ids.ts';
import {
  DAY,
  HOUR,
  REQUESTER,
  rejectionOf,
  startDeparture,
  type TestDeparture,
  statusOf,
} from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createPerson } from '../support/people.ts';
import { aCase } from '../support/test-repositories.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const accountOf = ({ orgId, accountId }: TestDeparture) => engine.directory.getAccount(orgId, accountId);
const outside = { to: 'heir@elsewhere.test', outside: true } as const;
const GATE = 'redirect-gate';

test('redirects from day 0, tells the target its end, and takes it away on its last day', async () => {
  const departure = await startDeparture(engine, { redirect: { days: 20, keepCopy: false } });
  await departure.forwardTo(DAY);
  const { plan } = await departure.record();
  const untilMs = plan.steps.find((step) => step.key === 'start-redirect')!.params['untilMs'];
  expect(await accountOf(departure)).toMatchObject({
    redirect: { to: departure.manager.address, keepCopy: false, untilMs },
  });
  await departure.forwardTo(20 * DAY + HOUR);
  await departure.until((record) => statusOf(record, 'end-redirect') === 'done');
  expect((await accountOf(departure))?.redirect).toBeUndefined();
});

test('sends nothing outside the organisation before somebody else approved it', async () => {
  const departure = await startDeparture(engine, { redirect: outside });
  await departure.forwardTo(DAY);
  expect(await departure.stepStatuses()).toMatchObject({
    'prove-day-0': 'done',
    [GATE]: 'waiting',
    'start-redirect': 'waiting',
  });
  expect(departure.mails().map((mail) => mail.subject)).toContainEqual(
    expect.stringContaining('redirect of the mail'),
  );
  expect(await rejectionOf(departure.command('approveStep', { stepKey: GATE, actorId: REQUESTER }))).toBe(
    'APPROVER_IS_REQUESTER',
  );
  await departure.approve('own_approver', GATE);
  await departure.until((record) => statusOf(record, 'start-redirect') === 'done');
  expect((await accountOf(departure))?.redirect?.to).toBe(outside.to);
});

test('goes on without the redirect when its gate is left out', async () => {
  const departure = await startDeparture(engine, { redirect: outside });
  await departure.forwardTo(DAY);
  await departure.command('skipStep', { actorId: 'own_hr', stepKey: GATE });
  await departure.until((record) => statusOf(record, 'start-redirect') === 'not_applicable');
  expect((await accountOf(departure))?.redirect).toBeUndefined();
});

test('turns red rather than redirect to somebody who leaves as well', async () => {
  const departure = await startDeparture(engine, { redirect: {}, policy: FEW_TRIES });
  const { orgId, manager } = departure;
  await engine.repositories.claims.take(openCaseClaimId(orgId, manager.id), orgId, 'cas_other', 0);
  await departure.forwardTo(2 * DAY);
  expect(await departure.step('start-redirect')).toMatchObject({
    status: 'failed',
    errorCode: 'REDIRECT_UNAVAILABLE',
  });
  expect((await accountOf(departure))?.redirect).toBeUndefined();
});

test('puts the redirect of before back when it is undone', async () => {
  const departure = await startDeparture(engine, { redirect: {} });
  const { orgId, accountId } = departure;
  const before = { to: 'assistant@example.test', keepCopy: true };
  await engine.directory.setRedirect(orgId, accountId, before);
  await departure.forwardTo(2 * DAY);
  expect((await accountOf(departure))?.redirect?.to).toBe(departure.manager.address);
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  expect((await accountOf(departure))?.redirect).toEqual(before);
});

test('lets the address outlive the account inside its quarantine, and ends it with a proof', async () => {
  const departure = await startDeparture(engine, { redirect: { days: 200, outliveAccount: true } });
  const { orgId, person, manager, accountId, caseId } = departure;
  const mail = { to: person.address, from: 'customer@outside.test', subject: 'Order', text: 'Ten, please' };
  await departure.approve();
  await departure.forwardTo(121 * DAY);
  expect(await departure.accountExists()).toBe(false);
  expect(await departure.stepStatuses()).toMatchObject({
    'keep-redirect': 'done',
    'delete-account': 'done',
    'quarantine-address': 'done',
    'end-kept-redirect': 'waiting',
  });
  const { untilMs } = (await engine.directory.readKeptRedirect(orgId, accountId))!;
  const claim = await engine.repositories.claims.get(addressClaimId(orgId, person.address), orgId);
  expect(claim).toMatchObject({ state: 'quarantined', holderId: person.id });
  expect(claim!.untilMs!).toBeGreaterThan(untilMs);
  expect(await engine.directory.deliver(orgId, mail)).toMatchObject({
    kind: 'forwarded',
    forwards: [{ to: manager.address, result: 'sent' }],
  });

  await departure.forwardTo(200 * DAY + HOUR);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(await engine.directory.readKeptRedirect(orgId, accountId)).toBeUndefined();
  expect(await engine.directory.deliver(orgId, mail)).toEqual({ kind: 'refused', code: 'NO_SUCH_ADDRESS' });
  const end = await engine.repositories.evidence.get(orgId, effectId(caseId, 'end-kept-redirect', 1));
  expect(end).toMatchObject({ status: 'done', proof: { answer: 'changed' } });
});

test('leads a redirect of a deleted account to the heir of an heir who leaves too', async () => {
  const departure = await startDeparture(engine, { redirect: { days: 200, outliveAccount: true } });
  const { orgId, accountId, manager } = departure;
  await departure.approve();
  await departure.forwardTo(125 * DAY);
  expect(await departure.accountExists()).toBe(false);
  expect((await engine.directory.readKeptRedirect(orgId, accountId))?.to).toBe(manager.address);

  const heir = await createPerson(engine, orgId, { firstName: 'Hei', lastName: 'Heir', role: 'user' });
  const theirs = aCase(orgId, { personId: manager.id, engine: 'started', state: 'running' });
  const request = { ...theirs.request, personId: manager.id, successorId: heir.id };
  await engine.repositories.cases.insert({ ...theirs, request });
  const atMs = await departure.clock();
  const input = { orgId, caseId: theirs.id, stepKey: 'reassign-references', round: 1, planVersion: 1 };
  const { reassignReferences } = createActivities(engine.ports);
  const environment = new MockActivityEnvironment({ currentAttemptScheduledTimestampMs: atMs });
  const asOf = { dueAtMs: atMs, asOfMs: atMs, params: {} };
  expect(await environment.run(reassignReferences, { ...input, ...asOf })).toMatchObject({ outcome: 'done' });
  expect((await engine.directory.readKeptRedirect(orgId, accountId))?.to).toBe(heir.address);
});
