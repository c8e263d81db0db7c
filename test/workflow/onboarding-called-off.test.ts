import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressClaimId, effectId } from '../../shared/domain/ids.ts';
import { DAY, HOUR } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startOnboarding, type TestOnboarding } from '../support/onboarding.ts';
import { withoutMailTo } from '../support/onboarding-deceits.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const isClosed = ({ closedAtMs }: { readonly closedAtMs?: number }): boolean => closedAtMs !== undefined;

async function undone(onboarding: TestOnboarding) {
  await onboarding.undo();
  const record = await onboarding.until(isClosed);
  expect(record.state).toBe('undone');
  return onboarding.entry();
}
async function proofOf({ orgId, caseId }: TestOnboarding, key: string) {
  return (await engine.repositories.evidence.get(orgId, effectId(caseId, key, 1)))?.proof;
}

describe('called off in each phase', () => {
  test('before the account is made: the names are free, and nobody is left', async () => {
    const onboarding = await startOnboarding(engine);
    await onboarding.forwardTo(-8 * DAY);
    expect(await undone(onboarding)).toMatchObject({ status: 'departed', accounts: [] });
    expect((await onboarding.entry()).externalId).toBeUndefined();
    expect(await onboarding.nameState()).toBe('free');
    expect(await onboarding.effects()).toEqual([]);
  });

  test('while the account is made and closed: it is deleted, also with mail that nobody could read', async () => {
    const onboarding = await startOnboarding(engine, { onBranch: true });
    const { orgId, person } = onboarding;
    await onboarding.forwardTo(-DAY);
    const mail = { to: person.address, from: 'list@out.test', subject: 'To all', text: 'Lunch' };
    await engine.directory.deliver(orgId, mail);
    expect(await undone(onboarding)).toMatchObject({ status: 'departed', accounts: [] });
    for (const target of ['directory', 'branch']) {
      expect(await onboarding.account(target)).toBeUndefined();
      const effects = await onboarding.effects(target);
      expect(effects).toEqual(['createAccount', 'setMemberships', 'setMemberships', 'deleteAccount']);
    }
    expect(await onboarding.nameState()).toBe('free');
    const { claims } = engine.repositories;
    const taken = await claims.take(addressClaimId(orgId, person.address), orgId, 'per_other', Date.now());
    expect(taken.kind).toBe('taken');
  });

  test('once it was open and nobody came: the links are void, the account is gone, its address rests', async () => {
    const onboarding = await startOnboarding(engine);
    const { orgId, person } = onboarding;
    await onboarding.forwardTo(HOUR);
    expect(await undone(onboarding)).toMatchObject({
      status: 'departed',
      accounts: [],
      externalId: person.externalId,
    });
    expect(await onboarding.effects()).toEqual([
      ...['createAccount', 'setMemberships', 'enable', 'disable', 'setMemberships', 'deleteAccount'],
    ]);
    expect(
      await engine.repositories.setupLinks.listOpen(orgId, person.id, onboarding.leaveAtMs + HOUR),
    ).toEqual([]);
    expect(await onboarding.nameState()).toBe('quarantined');
    const order = (await onboarding.record()).plan.steps.flatMap(({ undoes }) => undoes ?? []);
    expect(order).toEqual([
      'give-welcome',
      'activate-account',
      'add-memberships',
      'create-account',
      'reserve-names',
    ]);
  });

  test.each(['mail', 'signed_in'])(
    'once it was open and used (%s): it is locked and kept for a departure',
    async (why) => {
      const onboarding = await startOnboarding(engine);
      const { orgId, person } = onboarding;
      await onboarding.forwardTo(HOUR);
      const password = 'a sentence that only Nina would say';
      if (why === 'mail')
        await engine.directory.deliver(orgId, {
          to: person.address,
          from: 'a@out.test',
          subject: 's',
          text: 't',
        });
      else {
        await onboarding.useLink(password);
        await engine.directory.signIn(orgId, person.address, password);
      }
      expect(await undone(onboarding)).toMatchObject({ status: 'disabled', accounts: person.accounts });
      expect(await onboarding.account()).toMatchObject({ status: 'disabled', disabledReason: 'departure' });
      expect((await engine.directory.signIn(orgId, person.address, password)).kind).toBe('refused');
      expect(await onboarding.nameState()).toBe('held');
      expect(await proofOf(onboarding, 'undo-create-account')).toMatchObject({ answer: 'kept', reason: why });
      expect(await proofOf(onboarding, 'undo-reserve-names')).toMatchObject({ answer: 'kept', accounts: 1 });
    },
  );

  test('while a step is red: what was made is taken away all the same', async () => {
    const onboarding = await startOnboarding(engine, { policy: FEW_TRIES });
    const { orgId } = onboarding;
    withoutMailTo(engine, orgId, 'nina@home.test');
    await onboarding.forwardTo(2 * DAY);
    expect((await onboarding.step('give-welcome')).status).toBe('failed');
    expect((await undone(onboarding)).status).toBe('departed');
    expect(await onboarding.account()).toBeUndefined();
  });
});

test('a legal hold keeps the account that is called off', async () => {
  const onboarding = await startOnboarding(engine);
  const { orgId, person } = onboarding;
  await onboarding.forwardTo(-DAY);
  const legalHold = { placedBy: 'own_legal', placedAtMs: Date.now(), reason: 'lawsuit' };
  await engine.repositories.people.update(orgId, person.id, (await onboarding.entry()).rev, { legalHold });
  expect((await undone(onboarding)).status).toBe('disabled');
  expect(await onboarding.account()).toMatchObject({ status: 'disabled', disabledReason: 'departure' });
});

test('goes on without an account whose making somebody left out', async () => {
  const onboarding = await startOnboarding(engine, { onBranch: true });
  await onboarding.forwardTo(-8 * DAY);
  await onboarding.command('skipStep', { actorId: 'own_hr', stepKey: 'create-account@branch' });
  await onboarding.forwardTo(8 * DAY);
  expect(await onboarding.record()).toMatchObject({ state: 'completed_with_exceptions' });
  expect(await onboarding.stepStatuses()).toMatchObject({
    'activate-account@branch': 'not_applicable',
    'give-welcome': 'done',
  });
  expect((await onboarding.entry()).accounts).toEqual([onboarding.person.accounts[0]]);
});
