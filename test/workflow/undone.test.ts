import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, rejectionOf, startDeparture, type TestDeparture } from '../support/departure.ts';
import type { ApiContext } from '../../api/api-context.ts';
import { setupPage } from '../../api/pages/setup-page.ts';
import { setupLinkSecretKey } from '../../activities/undo/setup-link-secret.ts';
import { hashOfToken } from '../../shared/platform/links/link-token.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty, override } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHr = { actorId: 'own_hr' };
const accountOf = ({ orgId, accountId }: TestDeparture) => engine.directory.getAccount(orgId, accountId);

/** What an undo has to put back; the password, sessions and app passwords are another matter. */
async function settingsOf(departure: TestDeparture) {
  const { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply, redirect } =
    (await accountOf(departure))!;
  return { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply, redirect };
}

test.each([
  ['in the middle of the auto-reply, after day 0', DAY],
  ['in week 4', 27 * DAY],
  ['in the grace', 100 * DAY],
])('puts the account back when undone %s', async (_when, afterMs) => {
  const departure = await startDeparture(engine);
  const before = await settingsOf(departure);
  await departure.approve();
  await departure.forwardTo(afterMs);
  expect(await settingsOf(departure)).not.toEqual(before);

  await departure.undo();
  const closed = await departure.until((record) => record.closedAtMs !== undefined);
  expect(closed).toMatchObject({ state: 'undone', needsAttention: false, undoing: true });
  expect(await settingsOf(departure)).toEqual(before);
  const { status } = (await engine.repositories.people.get(departure.orgId, departure.person.id))!;
  expect(status).toBe('active');
  const back = closed.steps.filter((step) => step.key.startsWith('undo-'));
  expect(back.map((step) => step.status).filter((one) => one !== 'done')).toEqual([]);
  expect(back.at(-1)?.key).toBe('undo-take-snapshot');
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();
});

test('puts aliases and quota back that were changed after the lock', async () => {
  const departure = await startDeparture(engine);
  const { orgId, accountId, caseId } = departure;
  const set = (aliases: readonly string[], quotaBytes: number) =>
    engine.directory.setSettings(
      orgId,
      accountId,
      { aliases, quotaBytes },
      { effectKey: 'hand:1', asOfMs: 0 },
    );
  const alias = `${caseId}@example.test`.toLowerCase();
  await set([alias], 2_000_000);
  await departure.forwardTo(DAY);
  await set([], 1_000_000);
  await departure.undo();
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
  expect(await accountOf(departure)).toMatchObject({ aliases: [alias], quotaBytes: 2_000_000 });
});

test('ends with a mailed link that sets a new password, once', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  await departure.forwardTo(DAY);
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();

  const mail = departure.mails().find(({ id }) => id.includes('give-setup-link'))!;
  expect(mail.to).toEqual([departure.manager.address]);
  const token = /https:\/\/gangway\.test\/setup\/([\w-]{43})/u.exec(mail.text)![1]!;
  expect(await engine.vault.read(orgId, setupLinkSecretKey(departure.caseId))).toBeUndefined();
  const stored = JSON.stringify(await engine.repositories.setupLinks.listOpen(orgId, person.id, Date.now()));
  expect(stored).toContain(hashOfToken(token));
  expect(stored).not.toContain(token);

  const directories = { directory: engine.directory };
  const page = setupPage({ ...engine, ...{ directories, now: Date.now } } as unknown as ApiContext);
  const chosen = { password: 'a lantern in the rain', repeated: 'a lantern in the rain' };
  expect((await page.submit(token, chosen)).status).toBe(200);
  expect((await engine.directory.signIn(orgId, person.address, chosen.password)).kind).toBe('signed_in');
  expect((await page.submit(token, chosen)).status).toBe(410);
});

test('waits for what is under way before it puts anything back', async () => {
  const departure = await startDeparture(engine);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const real = engine.targetOf(departure.orgId);
  override(engine, departure.orgId, {
    setPassword: async (...given) => {
      await held;
      return real.setPassword(...given);
    },
  });
  await departure.forwardTo(0);
  await departure.until((record) =>
    record.steps.some(({ key, status }) => key === 'rotate-password' && status === 'running'),
  );
  await departure.undo();
  expect(
    (await departure.record()).steps.some(
      (step) => step.key.startsWith('undo-') && step.status !== 'waiting',
    ),
  ).toBe(false);
  goOn();
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
  expect((await accountOf(departure))?.status).toBe('active');
});

test('needs attention on the way back as well, and ends undone after a retry', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.forwardTo(2 * DAY);
  makeFaulty(engine, departure.orgId).fail('enable', 100_000);
  await departure.undo();
  await departure.forwardBy(2 * DAY + HOUR);
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  heal(engine, departure.orgId);
  await departure.command('retryStep', { ...byHr, stepKey: 'undo-disable-account' });
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
});

test('is refused after the first delete call, and twice', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('deleteAccount', 100_000);
  await departure.forwardTo(120 * DAY + 10 * MINUTE);
  expect(await rejectionOf(departure.undo())).toBe('POINT_OF_NO_RETURN');

  const other = await startDeparture(engine, { policy: FEW_TRIES });
  await other.forwardTo(DAY);
  makeFaulty(engine, other.orgId).fail('enable', 100_000);
  await other.undo();
  expect(await rejectionOf(other.undo())).toBe('ALREADY_UNDOING');
  expect(await rejectionOf(other.command('cancelCase', byHr))).toBe('ALREADY_UNDOING');
});
