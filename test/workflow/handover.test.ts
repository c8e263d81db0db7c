import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectId } from '../../shared/domain/ids.ts';
import { expectedCalls, type AccountFacts } from '../../shared/domain/planner/expected-calls.ts';
import { DAY, HOUR, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const heirOf = ({ manager }: TestDeparture): string => manager.accounts[0]!.accountId;
const evidenceOf = ({ orgId, caseId }: TestDeparture, key: string) =>
  engine.repositories.evidence.get(orgId, effectId(caseId, key, 1));

async function mailOf(orgId: string, accountId: string) {
  const found: { readonly folder: string; readonly receivedAtMs: number; readonly sha256: string }[] = [];
  for await (const { id, folder, receivedAtMs } of engine.directory.listMessages(orgId, accountId)) {
    const raw = await engine.directory.readMessage(orgId, accountId, id);
    found.push({ folder, receivedAtMs, sha256: sha256(raw!) });
  }
  return found.sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.sha256.localeCompare(b.sha256));
}

/** Who owns what, by id. */
async function ownersOf({ orgId, caseId }: TestDeparture, accountIds: readonly string[]) {
  const owners: Record<string, string> = {};
  for (const accountId of accountIds) {
    const owned = [
      ...(await engine.directory.listFiles(orgId, accountId)),
      ...(await engine.directory.listCalendars(orgId, accountId)),
      ...(await engine.directory.listMeetings(orgId, accountId)),
    ];
    for (const { id } of owned) owners[id.slice(caseId.length + 1)] = accountId;
  }
  return owners;
}

test('gives everything to the manager, each message with the same hash on both sides', async () => {
  const departure = await startDeparture(engine, { handover: {}, messages: 3 });
  const { orgId, accountId, caseId } = departure;
  const heir = heirOf(departure);
  await departure.forwardTo(7 * DAY + HOUR);
  const statuses = await departure.stepStatuses();
  for (const key of ['mail', 'files'].map((part) => `transfer-${part}`)) expect(statuses[key]).toBe('done');
  for (const key of ['hand-over-calendars', 'hand-over-meetings', 'export-contacts'])
    expect(statuses[key]).toBe('done');

  const originals = await mailOf(orgId, accountId);
  const copies = await mailOf(orgId, heir);
  expect(originals).toHaveLength(3);
  const folder = 'Handed over/Lea Leaver/Lists';
  expect(copies.map((copy) => ({ ...copy, folder: 'Lists' }))).toEqual(originals);
  expect(new Set(copies.map((copy) => copy.folder))).toEqual(new Set([folder]));

  const proof = (await evidenceOf(departure, 'transfer-mail'))!.proof!;
  const manifest = await readFile(join(engine.archiveFolder, caseId, 'exports', 'mail-transfer.json'));
  expect(proof).toMatchObject({ messages: 3, sha256: sha256(manifest), recipient: heir });
  const { messages } = JSON.parse(manifest.toString()) as {
    messages: readonly { sha256: string; copySha256: string }[];
  };
  expect(messages.map((one) => [one.sha256, one.copySha256]).sort()).toEqual(
    originals.map((one) => [one.sha256, one.sha256]).sort(),
  );

  // What only the leaver saw, and what is over, stays.
  expect(await ownersOf(departure, [accountId, heir])).toEqual({
    ...{ 'Offers.ods': heir, 'Plan.odt': heir, shared: heir, next: heir },
    ...{ private: accountId, last: accountId },
  });
  const calendars = (await evidenceOf(departure, 'hand-over-calendars'))!.proof!;
  expect(calendars['items']).toEqual([{ id: `${caseId}:shared`, name: 'Team', sharedWith: ['acc_other'] }]);
  const card = await readFile(join(engine.archiveFolder, caseId, 'exports', 'contacts.vcf'), 'utf8');
  expect(card.match(/^VERSION:4\.0\r$/gmu)).toHaveLength(2);
  expect(card).toContain('FN:Ann Buyer\r\nN:Buyer;Ann;;;\r\nEMAIL:ann@buyer.test\r\n');
  expect(card).toContain('NOTE:Rings\\; then writes\\, at length\r\n');
  expect((await evidenceOf(departure, 'export-contacts'))!.proof).toMatchObject({
    contacts: 2,
    sha256: sha256(Buffer.from(card)),
  });

  await departure.approve();
  await departure.forwardTo(122 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(await ownersOf(departure, [heir])).toMatchObject({ 'Offers.ods': heir, shared: heir, next: heir });
});

test('takes only the mail of the folders and days that were asked for', async () => {
  const mail = { folders: ['Lists'], sinceMs: 2_000, beforeMs: 5_000 };
  const departure = await startDeparture(engine, { handover: { mail }, messages: 0 });
  const { orgId, accountId } = departure;
  const given: readonly (readonly [string, number])[] = [
    ['Lists', 1_999],
    ['Lists', 2_000],
    ['Sent', 3_000],
    ['Lists', 4_999],
    ['Lists', 5_000],
  ];
  for (const [folder, receivedAtMs] of given) {
    const copy = { key: `${folder}:${receivedAtMs}`, folder, receivedAtMs, raw: Buffer.from('Subject: x') };
    await engine.directory.storeCopy(orgId, accountId, copy, { effectKey: 'hand:1', asOfMs: 1 });
  }
  await departure.forwardTo(7 * DAY + HOUR);
  expect((await departure.step('transfer-mail')).status).toBe('done');
  const copies = await mailOf(orgId, heirOf(departure));
  expect(copies.map(({ receivedAtMs }) => receivedAtMs)).toEqual([2_000, 4_999]);
});

test('closes calendars and cancels meetings where that is wished', async () => {
  const departure = await startDeparture(engine, { handover: { calendars: 'close', meetings: 'cancel' } });
  const { orgId, accountId, caseId } = departure;
  await departure.forwardTo(7 * DAY + HOUR);
  const calendars = await engine.directory.listCalendars(orgId, accountId);
  expect(calendars.filter(({ closed }) => closed).map(({ id }) => id)).toEqual([`${caseId}:shared`]);
  const meetings = await engine.directory.listMeetings(orgId, accountId);
  expect(meetings.filter(({ cancelled }) => cancelled).map(({ id }) => id)).toEqual([`${caseId}:next`]);
});

test('gives everything back when the departure is undone; copies of mail stay', async () => {
  const departure = await startDeparture(engine, { handover: { meetings: 'cancel' } });
  const { orgId, accountId } = departure;
  const both = [accountId, heirOf(departure)];
  const before = await ownersOf(departure, both);
  await departure.forwardTo(8 * DAY);
  expect(await ownersOf(departure, both)).not.toEqual(before);
  await departure.undo();
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
  expect(await ownersOf(departure, both)).toEqual(before);
  const meetings = await engine.directory.listMeetings(orgId, accountId);
  expect(meetings.some(({ cancelled }) => cancelled)).toBe(false);
  expect((await engine.directory.getAccount(orgId, accountId))?.mailboxGrants).toEqual([]);
  expect(await mailOf(orgId, heirOf(departure))).toHaveLength(2);
});

test('needs attention when the mailbox of the recipient is full, and goes on when there is room', async () => {
  const departure = await startDeparture(engine, { handover: {}, policy: FEW_TRIES });
  const { orgId } = departure;
  const call = { effectKey: 'hand:1', asOfMs: Date.now() };
  const quota = (quotaBytes: number) =>
    engine.directory.setSettings(orgId, heirOf(departure), { aliases: [], quotaBytes }, call);
  await quota(1);
  await departure.forwardTo(9 * DAY);
  expect(await departure.step('transfer-mail')).toMatchObject({
    status: 'failed',
    errorCode: 'RECIPIENT_MAILBOX_FULL',
  });
  expect((await departure.record()).state).toBe('needs_attention');
  await quota(1_000_000);
  await departure.command('retryStep', { actorId: 'own_hr', stepKey: 'transfer-mail' });
  await departure.until(({ steps }) =>
    steps.some(({ key, status }) => key === 'transfer-mail' && status === 'done'),
  );
  expect(await mailOf(orgId, heirOf(departure))).toHaveLength(2);
});

test('does not hand over to somebody who leaves as well, until somebody else is named', async () => {
  const departure = await startDeparture(engine, { handover: {}, policy: FEW_TRIES });
  const { orgId, caseId, accountId } = departure;
  const manager = (await engine.repositories.people.get(orgId, departure.manager.id))!;
  await engine.repositories.people.update(orgId, manager.id, manager.rev, { status: 'leaving' });
  await departure.forwardTo(9 * DAY);
  expect(await departure.step('transfer-files')).toMatchObject({
    status: 'failed',
    errorCode: 'RECIPIENT_UNAVAILABLE',
  });
  expect(await engine.directory.listFiles(orgId, accountId)).toHaveLength(2);

  const [heirId, address] = [`acc_${caseId}`, `heir.${caseId}@example.test`.toLowerCase()];
  const name = { firstName: 'Hedy', lastName: 'Heir' };
  await engine.directory.createAccount(orgId, { id: heirId, ...name, address, quotaBytes: 1_000_000 });
  const heir = { ...manager, ...name, id: `per_${caseId}`, rev: 0, status: 'active' as const, address };
  await engine.repositories.people.insert({
    ...heir,
    accounts: [{ target: 'directory', accountId: heirId }],
  });
  const { request, rev } = await departure.record();
  const handover = { ...request.handover!, recipient: 'named' as const, recipientId: heir.id };
  await engine.repositories.cases.setRequest(orgId, caseId, rev, { ...request, handover });
  await departure.command('retryStep', { actorId: 'own_hr', stepKey: 'transfer-files' });
  await departure.until(({ steps }) =>
    steps.some(({ key, status }) => key === 'transfer-files' && status === 'done'),
  );
  expect(await engine.directory.listFiles(orgId, heirId)).toHaveLength(2);
});

test('opens no gate while the account owns what others need, also what came after the plan', async () => {
  const departure = await startDeparture(engine, { handover: {}, policy: FEW_TRIES });
  const { orgId, accountId, caseId } = departure;
  await departure.approve();
  await departure.forwardTo(50 * DAY);
  const file = { id: `${caseId}:late`, ownerAccountId: accountId, name: 'Late.odt', sizeBytes: 1 };
  await engine.directory.addFile(orgId, file);
  await departure.forwardTo(92 * DAY);
  expect(await departure.step('purge-gate')).toMatchObject({
    status: 'failed',
    errorCode: 'HANDOVER_INCOMPLETE',
  });
  const call = { effectKey: 'hand:1', asOfMs: Date.now() };
  await engine.directory.setFileOwner(orgId, file.id, heirOf(departure), call);
  await departure.command('retryStep', { actorId: 'own_hr', stepKey: 'purge-gate' });
  expect((await departure.until(({ state }) => state === 'grace')).needsAttention).toBe(false);
});

test('does what the simulation said', async () => {
  const departure = await startDeparture(engine, { handover: {} });
  const { plan } = await departure.record();
  const facts: AccountFacts = {
    status: 'active',
    role: 'administrator',
    ...{ sessionCount: 1, appPasswordCount: 1, ownRuleCount: 2 },
    ...{ oauthGrantCount: 1, openLinkCount: 1, recoveryMeansCount: 1, openProtocolCount: 3 },
    ...{ membershipCount: 1, delegationCount: 1, ownKeyCount: 0 },
    belongings: {
      ...{ messageCount: 2, fileCount: 2, sharedCalendarCount: 1, futureMeetingCount: 1, contactCount: 2 },
    },
  };
  const expected = plan.steps.flatMap(({ kind, key }) =>
    expectedCalls(kind, facts).map((operation) => `${key} ${operation}`),
  );
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  await departure.until((record) => record.closedAtMs !== undefined);
  const effects = (await engine.directory.readEffects(departure.orgId)).filter(({ effectKey }) =>
    effectKey.startsWith('eff:'),
  );
  const made = effects.map(({ effectKey, operation }) => `${effectKey.split(':')[2]} ${operation}`);
  expect([...new Set(made)].sort()).toEqual([...expected].sort());
});
