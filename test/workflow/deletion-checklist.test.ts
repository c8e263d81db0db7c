import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDeletingCompany, type DeletingCompany } from '../support/deletion.ts';
import { DAY, HOUR, statusOf } from '../support/departure.ts';
import { lie, override, heal } from '../support/interceptions.ts';
import type { Json } from '../support/test-api.ts';

let company: DeletingCompany;
beforeAll(async () => {
  company = await openDeletingCompany();
});
afterAll(() => company.stop());

const ANSWERS: Readonly<Record<string, Json>> = {
  mail: { mail: false },
  files: { files: true },
  calendars: { calendars: 'close' },
  contacts: { contacts: true },
  redirect: { redirect: false },
};

test.each(Object.keys(ANSWERS))('keeps the gate closed while nobody decides about %s', async (missing) => {
  const deletion = await company.deletion();
  for (const [item, answer] of Object.entries(ANSWERS))
    if (item !== missing) expect((await deletion.decide(answer)).status).toBe(200);
  expect((await deletion.approve()).status).toBe(200);
  await deletion.forwardTo(20 * DAY);
  const waiting = await deletion.record();
  expect(waiting).toMatchObject({ state: 'running', needsAttention: false });
  expect(statusOf(waiting, 'purge-gate')).toBe('waiting');
  expect(statusOf(waiting, `decide-${missing}`)).toBe('waiting');

  expect((await deletion.decide(ANSWERS[missing]!)).status).toBe(200);
  const open = await deletion.until(({ state }) => state === 'grace');
  expect(statusOf(open, 'purge-gate')).toBe('done');
});

test('carries out what was answered: mail, calendars, contacts and a redirect', async () => {
  const { api, engine, managerId } = company;
  const { orgId } = api;
  const deletion = await company.deletion();
  const { accountId, heirAccountId } = deletion;
  await deletion.forwardTo(HOUR);
  const answers: readonly Json[] = [
    { mail: { folders: ['Lists'] } },
    { calendars: 'close' },
    { contacts: true },
    { redirect: { toPersonId: managerId, reason: 'orders' } },
  ];
  for (const answer of answers) expect((await deletion.decide(answer)).status).toBe(200);
  const redirected = await deletion.until((record) => statusOf(record, 'start-redirect') === 'done');
  await deletion.until((record) => statusOf(record, 'export-contacts') === 'done');
  expect(statusOf(redirected, 'transfer-files')).toBe('waiting');
  const { redirect } = (await api.directory.getAccount(orgId, accountId))!;
  expect(redirect?.untilMs).toBe(
    redirected.plan.steps.find(({ key }) => key === 'start-redirect')?.params['untilMs'],
  );
  const calendars = await api.directory.listCalendars(orgId, accountId);
  expect(calendars.filter(({ closed }) => closed)).toHaveLength(1);
  const card = await readFile(join(engine.archiveFolder, deletion.caseId, 'exports', 'contacts.vcf'), 'utf8');
  expect(card.match(/^BEGIN:VCARD\r$/gmu)).toHaveLength(2);
  const copies: string[] = [];
  for await (const { folder } of api.directory.listMessages(orgId, heirAccountId)) copies.push(folder);
  expect(copies).toContain('Handed over/Ada Lovelace/Lists');
});

test('deletes files with the account where somebody decided so', async () => {
  const { api } = company;
  const deletion = await company.deletion();
  for (const [item, answer] of Object.entries(ANSWERS))
    await deletion.decide(item === 'files' ? { files: false } : answer);
  await deletion.approve();
  await deletion.forwardTo(DAY);
  expect(statusOf(await deletion.record(), 'transfer-files')).toBe('not_applicable');
  await deletion.forwardTo(32 * DAY);
  expect((await deletion.until(({ closedAtMs }) => closedAtMs !== undefined)).state).toBe('completed');
  expect(await api.directory.listFiles(api.orgId, deletion.heirAccountId)).not.toContainEqual(
    expect.objectContaining({ id: `${deletion.personId}:Plan.odt` }),
  );
});

test('believes nobody who says that files were moved by hand as long as they are there', async () => {
  const { api } = company;
  const { orgId } = api;
  const deletion = await company.deletion();
  for (const [item, answer] of Object.entries(ANSWERS)) if (item !== 'files') await deletion.decide(answer);
  expect((await deletion.attest('decide-files')).status).toBe(200);
  await deletion.approve();
  await deletion.forwardTo(3 * DAY);
  const red = await deletion.until((record) => statusOf(record, 'purge-gate') === 'failed');
  expect(statusOf(red, 'transfer-files')).toBe('not_applicable');
  expect(await deletion.step('purge-gate')).toMatchObject({ errorCode: 'HANDOVER_INCOMPLETE' });

  const call = { effectKey: `hand:${deletion.caseId}`, asOfMs: Date.now() };
  for (const { id } of await api.directory.listFiles(orgId, deletion.accountId))
    await api.directory.setFileOwner(orgId, id, deletion.heirAccountId, { ...call, effectKey: `hand:${id}` });
  expect((await deletion.retry('purge-gate')).status).toBe(200);
  await deletion.until(({ state }) => state === 'grace');
});

test('ends no redirect that was there before, where nobody asked for one', async () => {
  const { api } = company;
  const { orgId } = api;
  const deletion = await company.deletion();
  const before = { to: 'somewhere@else.test', keepCopy: true, untilMs: Date.now() + 400 * DAY };
  await api.directory.setRedirect(orgId, deletion.accountId, before, { effectKey: 'hand:r', asOfMs: 1 });
  for (const answer of Object.values(ANSWERS)) await deletion.decide(answer);
  await deletion.approve();
  await deletion.forwardTo(29 * DAY);
  expect((await api.directory.getAccount(orgId, deletion.accountId))?.redirect).toEqual(before);
  expect(statusOf(await deletion.record(), 'start-redirect')).toBe('not_applicable');
});

test('deletes nothing while a redirect that should be over is still there, whatever the target says', async () => {
  const { api, engine, managerId } = company;
  const { orgId } = api;
  const redirect = { toPersonId: managerId, reason: 'orders', days: 20 };
  const handover = { mail: false, files: true, calendars: 'close', contacts: false };
  const deletion = await company.deletion({ handover, redirect });
  await deletion.forwardTo(HOUR);
  await deletion.approve();
  await deletion.forwardTo(19 * DAY);
  override(engine, orgId, { setRedirect: lie });
  await deletion.forwardTo(40 * DAY);
  expect(await deletion.step('end-redirect')).toMatchObject({
    ...{ status: 'failed', errorCode: 'READ_BACK_MISMATCH' },
  });
  expect(await deletion.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(statusOf(await deletion.record(), 'delete-account')).toBe('waiting');
  expect(await api.directory.getAccount(orgId, deletion.accountId)).toBeDefined();

  heal(engine, orgId);
  expect((await deletion.retry('end-redirect')).status).toBe(200);
  expect((await deletion.until(({ closedAtMs }) => closedAtMs !== undefined)).state).toBe('completed');
});

test('finds an account in its grace that somebody opened again, and deletes nothing before it is locked', async () => {
  const { api } = company;
  const { orgId } = api;
  const handover = { mail: false, files: true, calendars: 'close', contacts: false };
  const deletion = await company.deletion({ handover, redirect: false });
  await deletion.forwardTo(HOUR);
  await deletion.approve();
  await deletion.forwardTo(2 * DAY);
  await api.directory.enable(orgId, deletion.accountId, { effectKey: 'hand:e', asOfMs: Date.now() });
  await deletion.forwardTo(40 * DAY);
  expect(await deletion.step('prove-day-7')).toMatchObject({
    ...{ status: 'failed', errorCode: 'LOCKOUT_DRIFTED' },
  });
  expect(statusOf(await deletion.record(), 'delete-account')).toBe('waiting');
  for (const key of ['prove-day-7', 'prove-before-delete']) {
    expect((await deletion.retry(key)).status).toBe(200);
    await deletion.until((record) => statusOf(record, key) === 'done');
  }
  expect((await deletion.step('disable-account')).round).toBeGreaterThan(1);
  expect((await deletion.until(({ closedAtMs }) => closedAtMs !== undefined)).state).toBe('completed');
});
