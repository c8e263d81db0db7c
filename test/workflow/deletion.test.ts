import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canonicalJson } from '../../api/evidence/canonical-json.ts';
import { addressClaimId, openCaseClaimId } from '../../shared/domain/ids.ts';
import { openDeletingCompany, type DeletingCompany, type TestDeletion } from '../support/deletion.ts';
import { DAY, HOUR, statusOf } from '../support/departure.ts';
import type { Json } from '../support/test-api.ts';

let company: DeletingCompany;
beforeAll(async () => {
  company = await openDeletingCompany();
});
afterAll(() => company.stop());

const isClosed = ({ closedAtMs }: { readonly closedAtMs?: number }): boolean => closedAtMs !== undefined;
/** All to the manager, and the mail of the next weeks as well. */
const decided = (): Json => ({
  handover: { mail: { folders: ['INBOX', 'Lists'] }, files: true, calendars: 'handOver', contacts: true },
  redirect: { toPersonId: company.managerId, reason: 'orders under way', days: 20 },
});

/** Subjects in the archive, part by part. */
async function archived({ caseId }: TestDeletion): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = join(company.engine.archiveFolder, caseId);
  const parts: Record<string, string[]> = {};
  for (const part of (await readdir(folder)).filter((name) => name.startsWith('part-')).sort()) {
    const files = (await readdir(join(folder, part))).filter((name) => name.endsWith('.eml')).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, part, file), 'utf8')));
    parts[part] = texts.map((text) => /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? '');
  }
  return parts;
}

test('locks at once, hands over, archives, waits for a second person and the grace, and deletes for good', async () => {
  const { engine, api } = company;
  const { orgId } = api;
  const deletion = await company.deletion(decided());
  const { accountId, heirAccountId, address, alias, personId, caseId } = deletion;
  await deletion.forwardTo(HOUR);
  const locked = await deletion.record();
  for (const key of ['disable-account', 'prove-day-0', 'transfer-mail', 'transfer-files', 'archive-mailbox'])
    expect([key, statusOf(locked, key)]).toEqual([key, 'done']);
  expect((await api.directory.getAccount(orgId, accountId))?.redirect?.to).toBeDefined();
  expect(await api.directory.listFiles(orgId, heirAccountId)).toHaveLength(2);

  await deletion.forwardTo(5 * DAY);
  expect((await deletion.record()).state).toBe('running');
  expect((await deletion.step('purge-gate')).status).toBe('waiting');
  expect((await deletion.approve()).status).toBe(200);
  await deletion.until(({ state }) => state === 'grace');

  // Mail goes on to arrive while it is redirected with a copy, and nothing of it is lost.
  await deletion.deliver('In the grace');
  await deletion.forwardTo(21 * DAY);
  expect(statusOf(await deletion.record(), 'end-redirect')).toBe('done');
  await deletion.forwardTo(34 * DAY + 12 * HOUR);
  expect(await api.directory.getAccount(orgId, accountId)).toBeDefined();
  const reminders = engine.mailroom.mails.filter(({ id }) => id.includes(caseId) && id.includes('remind-'));
  expect(reminders).toHaveLength(3);

  await deletion.forwardTo(36 * DAY);
  expect((await deletion.until(isClosed)).state).toBe('completed');
  expect(await archived(deletion)).toEqual({ 'part-1': ['Mail 1'], 'part-2': ['In the grace'] });
  expect(await api.directory.getAccount(orgId, accountId)).toBeUndefined();
  expect(await api.directory.listFiles(orgId, heirAccountId)).toHaveLength(2);
  expect(await api.repositories.people.get(orgId, personId)).toMatchObject({ status: 'departed' });
  for (const one of [address, alias])
    expect((await api.repositories.claims.get(addressClaimId(orgId, one), orgId))?.state).toBe('quarantined');
  expect(await api.repositories.claims.get(openCaseClaimId(orgId, personId), orgId)).toBeUndefined();

  const pack = await api.request('GET', `/v1/cases/${caseId}/evidence`);
  const { sha256, ...rest } = pack.body;
  expect(createHash('sha256').update(canonicalJson(rest), 'utf8').digest('hex')).toBe(sha256);
  expect(rest['case']).toMatchObject({ id: caseId, kind: 'deletion', state: 'completed' });
  expect(rest['archive']).toHaveLength(2);
  expect(rest['decisions']).toMatchObject([{ action: 'deletion.approveStep' }]);
  const late = await deletion.restore();
  expect(late).toMatchObject({ status: 409, body: { code: 'POINT_OF_NO_RETURN' } });
});

test.each<[string, number, boolean, boolean]>([
  ['while questions are open', 2 * HOUR, false, false],
  ['when everything is handed over and the mail redirected', 2 * HOUR, true, false],
  ['at its gate', 10 * DAY, true, false],
  ['in its grace', 12 * DAY, true, true],
  ['in its grace, when the redirect is over', 25 * DAY, true, true],
])('gives everything back when it is restored %s', async (_when, afterMs, isDecided, isApproved) => {
  const { api } = company;
  const deletion = await company.deletion(isDecided ? decided() : {});
  await deletion.forwardTo(HOUR);
  if (isApproved) await deletion.approve();
  await deletion.forwardTo(afterMs);
  expect(await deletion.state()).not.toEqual(deletion.before);
  if (isApproved) expect((await deletion.record()).state).toBe('grace');

  const reply = await deletion.restore();
  expect(reply).toMatchObject({ status: 200, body: { endsAs: 'undone' } });
  expect(await deletion.until(isClosed)).toMatchObject({ state: 'undone', needsAttention: false });
  expect(await deletion.state()).toEqual(deletion.before);
  const { orgId } = api;
  expect(await api.repositories.people.get(orgId, deletion.personId)).toMatchObject({
    ...{ status: 'active', address: deletion.address, aliases: [deletion.alias] },
  });
  for (const one of [deletion.address, deletion.alias])
    expect(await api.repositories.claims.get(addressClaimId(orgId, one), orgId)).toMatchObject({
      ...{ state: 'held', holderId: deletion.personId },
    });
});

test('is not restored once the deletion may have reached the target', async () => {
  const deletion = await company.deletion(decided());
  await deletion.forwardTo(HOUR);
  await deletion.approve();
  await deletion.forwardTo(29 * DAY);
  const { orgId } = company.api;
  company.engine.interceptTarget(orgId, (real) => ({
    ...real,
    deleteAccount: (ref, revision, call) =>
      ref.accountId === deletion.accountId
        ? Promise.reject(new Error('the target fell silent'))
        : real.deleteAccount(ref, revision, call),
  }));
  await deletion.forwardTo(30 * DAY + 3 * HOUR);
  await deletion.until(({ pointOfNoReturnAtMs }) => pointOfNoReturnAtMs !== undefined);
  const late = await deletion.restore();
  expect(late).toMatchObject({ status: 409, body: { code: 'POINT_OF_NO_RETURN' } });
  company.engine.interceptTarget(orgId, (real) => real);
  await deletion.forwardTo(32 * DAY);
  expect((await deletion.until(isClosed)).state).toBe('completed');
});

test('keeps the account while there is a legal hold in the grace, and begins the grace anew when it is lifted', async () => {
  const deletion = await company.deletion(decided());
  await deletion.forwardTo(HOUR);
  await deletion.approve();
  await deletion.forwardTo(20 * DAY);
  expect((await deletion.record()).state).toBe('grace');
  await deletion.setHold(true);
  expect(await deletion.step('purge-gate')).toMatchObject({ status: 'waiting', round: 2 });
  await deletion.forwardTo(100 * DAY);
  expect(await company.api.directory.getAccount(company.api.orgId, deletion.accountId)).toBeDefined();

  await deletion.setHold(false);
  await deletion.until(({ state }) => state === 'grace');
  await deletion.forwardTo(129 * DAY);
  expect(await company.api.directory.getAccount(company.api.orgId, deletion.accountId)).toBeDefined();
  await deletion.forwardTo(131 * DAY);
  expect((await deletion.until(isClosed)).state).toBe('completed');
});
