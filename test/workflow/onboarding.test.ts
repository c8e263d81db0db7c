import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectId } from '../../shared/domain/ids.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startOnboarding, type TestOnboarding } from '../support/onboarding.ts';
import { BRANCH } from '../support/branch.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const PASSWORD = 'a sentence that only Nina would say';

async function proofOf({ orgId, caseId }: TestOnboarding, key: string) {
  return (await engine.repositories.evidence.get(orgId, effectId(caseId, key, 1)))?.proof;
}

test('makes the account in time, opens it on the first day, and proves the way in', async () => {
  const onboarding = await startOnboarding(engine);
  const { orgId, person, manager } = onboarding;
  expect(await onboarding.account()).toBeUndefined();

  await onboarding.forwardTo(-7 * DAY - HOUR);
  expect(await onboarding.account()).toBeUndefined();
  await onboarding.forwardTo(-7 * DAY + HOUR);
  expect(await onboarding.account()).toMatchObject({
    ...{ status: 'disabled', disabledReason: 'joining', address: person.address },
    ...{ aliases: person.aliases, quotaBytes: 10_000_000, role: 'user', groups: ['sales'], lists: ['all'] },
  });
  expect((await onboarding.entry()).status).toBe('joining');
  expect(onboarding.mails()).toEqual([]);

  await onboarding.forwardTo(-DAY);
  expect(onboarding.mails()).toEqual([
    expect.objectContaining({
      to: [manager.address],
      subject: expect.stringContaining('Nina New starts on'),
    }),
  ]);
  expect(await onboarding.account()).toMatchObject({ status: 'disabled' });

  await onboarding.forwardTo(HOUR);
  expect(await onboarding.account()).toMatchObject({ status: 'active' });
  expect((await onboarding.entry()).status).toBe('active');
  const [, welcome] = onboarding.mails();
  expect(welcome).toMatchObject({ to: ['nina@home.test'] });
  expect(welcome?.text).toContain('https://gangway.test/setup/');
  expect(await proofOf(onboarding, 'prove-usable')).toMatchObject({ by: 'open_link' });

  await onboarding.useLink(PASSWORD);
  expect((await engine.directory.signIn(orgId, person.address, PASSWORD)).kind).toBe('signed_in');
  await onboarding.forwardTo(8 * DAY);
  expect(onboarding.mails()[2]).toMatchObject({ to: [manager.address], subject: 'Nina New has signed in' });
  expect(await proofOf(onboarding, 'follow-up')).toMatchObject({ signedIn: true });
  expect(await onboarding.record()).toMatchObject({ state: 'completed', needsAttention: false });
  expect(await onboarding.effects()).toEqual(['createAccount', 'setMemberships', 'enable']);
  expect(await onboarding.nameState()).toBe('held');
});

test('says so to the manager where nobody has signed in after a week', async () => {
  const onboarding = await startOnboarding(engine);
  await onboarding.forwardTo(8 * DAY);
  expect(onboarding.mails()[2]).toMatchObject({ subject: 'Nina New has not signed in yet' });
  expect(await proofOf(onboarding, 'follow-up')).toMatchObject({ signedIn: false });
  expect(await onboarding.record()).toMatchObject({ state: 'completed' });
});

test('makes an account on each target, and gives one way in once all of them are open', async () => {
  const onboarding = await startOnboarding(engine, { onBranch: true });

  await onboarding.forwardTo(HOUR);
  for (const target of ['directory', BRANCH])
    expect(await onboarding.account(target)).toMatchObject({ status: 'active', lists: ['all'] });
  expect(onboarding.mails().filter(({ text }) => text.includes('/setup/'))).toHaveLength(1);
  await onboarding.useLink(PASSWORD);
  await onboarding.forwardTo(8 * DAY);
  expect(await onboarding.record()).toMatchObject({ state: 'completed' });
  expect(await onboarding.stepStatuses()).toMatchObject({ 'prove-usable@branch': 'done' });
});

test('lets in at once whoever is here already', async () => {
  const onboarding = await startOnboarding(engine, { plan: { firstDay: '2026-01-01' } });
  await onboarding.until(({ steps }) =>
    steps.some(({ key, status }) => key === 'prove-usable' && status === 'done'),
  );
  expect(await onboarding.account()).toMatchObject({ status: 'active' });
  expect((await onboarding.entry()).status).toBe('active');
});

test('sends the way in to whom it was asked for, and to the manager where nobody else is known', async () => {
  const named = await startOnboarding(engine, {
    request: { credentials: { kind: 'setup_link', to: 'hr@example.test' } },
  });
  await named.forwardTo(HOUR);
  expect(named.mails()[1]).toMatchObject({ to: ['hr@example.test'] });
  const unknown = await startOnboarding(engine, { person: { privateContact: 'by telephone' } });
  await unknown.forwardTo(HOUR);
  expect(unknown.mails()[1]).toMatchObject({ to: [unknown.manager.address] });
});

test('welcomes in the language that was asked for', async () => {
  const credentials = { kind: 'welcome_mail', locale: 'de-CH' } as const;
  const onboarding = await startOnboarding(engine, { request: { credentials } });
  await onboarding.forwardTo(HOUR);
  const [, letter] = onboarding.mails();
  expect(letter).toMatchObject({ to: ['nina@home.test'], subject: 'Ihr Konto bei Test' });
  expect(letter?.text).toContain('https://gangway.test/setup/');
});

test('moves the first day: an account that was made stays closed until the new one', async () => {
  const onboarding = await startOnboarding(engine);
  const { leaveAtMs, person } = onboarding;
  await onboarding.forwardTo(-DAY);
  const { plan: before } = await onboarding.record();
  const statuses = await onboarding.stepStatuses();
  const startedKeys = new Set(Object.keys(statuses).filter((key) => statuses[key] !== 'waiting'));
  const later = leaveAtMs + 30 * DAY;
  const { plan } = onboarding.plan({
    ...{ version: 2, nowMs: await onboarding.clock() },
    firstDay: new Date(later).toISOString().slice(0, 10),
    previous: { plan: before, startedKeys },
  });
  await onboarding.command('reschedule', { actorId: 'own_hr', plan });
  await onboarding.forwardTo(DAY);
  expect(await onboarding.account()).toMatchObject({ status: 'disabled', address: person.address });
  await onboarding.forwardTo(plan.leaveAtMs - leaveAtMs + HOUR);
  expect(await onboarding.account()).toMatchObject({ status: 'active' });
  const reminders = onboarding.mails().filter(({ subject }) => subject.startsWith('Nina New starts on'));
  expect(reminders).toHaveLength(2);
});
