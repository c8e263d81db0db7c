import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EvidenceIntent } from '../../../shared/platform/persistence/evidence-repository.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import type { AccountSnapshot } from '../../../shared/domain/account-snapshot.ts';
import { effectId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { freshOrgId, openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let one: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
});
afterAll(() => one.close());

function aSnapshot(overrides: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    status: 'active',
    address: 'ada@harbour.example',
    aliases: [],
    role: 'user',
    groups: [],
    quotaBytes: 1,
    passwordFingerprint: 'f',
    sessionCount: 0,
    appPasswordCount: 0,
    forwards: [],
    rules: [],
    mailbox: { messageCount: 0, bytes: 0, revision: 0 },
    ...overrides,
  };
}

function anIntent(overrides: Partial<EvidenceIntent> = {}): EvidenceIntent {
  const caseId = overrides.caseId ?? newId('cas');
  return {
    id: effectId(caseId, 'disable-account', 1),
    orgId: freshOrgId(),
    caseId,
    personId: 'per_1',
    stepKey: 'disable-account',
    round: 1,
    kind: 'disableAccount',
    before: aSnapshot(),
    ...overrides,
  };
}

const ATTEMPT = { startedAtMs: 1, endedAtMs: 2 };

test('keeps the state before the first call when a second attempt intends again', async () => {
  const intent = anIntent();
  await one.evidence.intend(intent);
  const again = await one.evidence.intend({ ...intent, before: aSnapshot({ status: 'disabled' }) });
  expect(again.before).toEqual(aSnapshot());
  expect(again.status).toBe('intended');
});

test('takes the first state that could be read when the attempts before it could not even read', async () => {
  const { before, ...blind } = anIntent();
  await one.evidence.intend(blind);
  await one.evidence.fail(blind.orgId, blind.id, 'TARGET_UNAVAILABLE', ATTEMPT);
  expect((await one.evidence.intend({ ...blind, before: before! })).before).toEqual(before);
  const later = await one.evidence.intend({ ...blind, before: aSnapshot({ status: 'disabled' }) });
  expect(later.before).toEqual(before);
});

test('keeps every attempt of twenty that end at once, and numbers them', async () => {
  const { orgId, id } = await one.evidence.intend(anIntent());
  const ends = Array.from({ length: 20 }, (_, index) => ({ startedAtMs: index, endedAtMs: index + 1 }));
  await Promise.all(ends.map((attempt) => one.evidence.fail(orgId, id, 'TARGET_UNAVAILABLE', attempt)));
  const attempts = (await one.evidence.get(orgId, id))?.attempts ?? [];
  expect(attempts.map(({ attempt }) => attempt)).toEqual(ends.map((_, index) => index + 1));
  expect(attempts.map(({ startedAtMs }) => startedAtMs).toSorted((x, y) => x - y)).toEqual(
    ends.map(({ startedAtMs }) => startedAtMs),
  );
});

test('goes from failed to done, and stays done', async () => {
  const { orgId, id } = await one.evidence.intend(anIntent());
  expect(await one.evidence.fail(orgId, id, 'READ_BACK_MISMATCH', ATTEMPT)).toMatchObject({
    status: 'failed',
    errorCode: 'READ_BACK_MISMATCH',
    attempts: [{ attempt: 1, ...ATTEMPT, errorCode: 'READ_BACK_MISMATCH' }],
  });
  const completion = {
    status: 'done',
    after: aSnapshot({ status: 'disabled' }),
    proof: { ms: 3 },
    occurredAtMs: 7,
  } as const;
  const done = await one.evidence.complete(orgId, id, completion, ATTEMPT);
  expect(done).toMatchObject({ ...completion, attempts: [{ attempt: 1 }, { attempt: 2, ...ATTEMPT }] });
  expect(done).not.toHaveProperty('errorCode');
  expect(await one.evidence.complete(orgId, id, { ...completion, after: aSnapshot() })).toEqual(done);
  const { attempts, ...proven } = await one.evidence.fail(orgId, id, 'UNEXPECTED', ATTEMPT);
  expect(attempts).toHaveLength(3);
  expect(proven).toMatchObject(completion);
  expect(proven).not.toHaveProperty('errorCode');
});

test('refuses to complete what was never intended', async () => {
  await expect(one.evidence.complete(freshOrgId(), 'eff:none', { status: 'done' })).rejects.toThrow(/intend/);
});

test('lists what belongs to a case and to its organisation', async () => {
  const first = anIntent();
  const second = anIntent({ ...first, id: effectId(first.caseId, 'disable-account', 2), round: 2 });
  await one.evidence.intend(first);
  await one.evidence.intend(second);
  await one.evidence.intend(anIntent({ orgId: first.orgId }));
  const listed = await one.evidence.listByCase(first.orgId, first.caseId);
  expect(listed.map((one) => one.round).sort()).toEqual([1, 2]);
  expect(await one.evidence.listByCase(freshOrgId(), first.caseId)).toEqual([]);
});

test('records a part of an archive and an approval once: the first stands', async () => {
  const part = { orgId: freshOrgId(), caseId: newId('cas'), part: '001', messageCount: 2, bytes: 9 };
  const recorded = await one.archiveParts.record({ ...part, manifestSha256: 'a' });
  expect(await one.archiveParts.record({ ...part, manifestSha256: 'b' })).toEqual(recorded);
  await one.archiveParts.record({ ...part, part: '002', manifestSha256: 'c' });
  const parts = await one.archiveParts.listByCase(part.orgId, part.caseId);
  expect(parts.map(({ part: name, manifestSha256 }) => [name, manifestSha256])).toEqual([
    ['001', 'a'],
    ['002', 'c'],
  ]);

  const approval = {
    orgId: part.orgId,
    caseId: part.caseId,
    stepKey: 'purge-gate',
    approvedBy: 'own_1',
    atMs: 1,
  };
  expect(await one.approvals.record(approval)).toEqual(approval);
  expect(await one.approvals.record({ ...approval, approvedBy: 'own_2' })).toEqual(approval);
  expect(await one.approvals.get(part.orgId, part.caseId, 'purge-gate')).toEqual(approval);
  expect(await one.approvals.get(part.orgId, part.caseId, 'other')).toBeUndefined();
});

test('enters a repeated command in the audit once, and pages in the order of time', async () => {
  const [orgId, caseId] = [freshOrgId(), newId('cas')];
  const entry = (name: string, atMs: number) => ({
    ...{ id: auditId(orgId, caseId, name), orgId, caseId, actorId: 'own_1', action: name, atMs },
    detail: {},
  });
  expect(await one.audit.append(entry('late', 30))).toBe('appended');
  expect(await one.audit.append(entry('early', 10))).toBe('appended');
  expect(await one.audit.append(entry('middle', 20))).toBe('appended');
  expect(await one.audit.append(entry('middle', 25))).toBe('already');
  const first = await one.audit.listByCase(orgId, caseId, { limit: 2 });
  const rest = await one.audit.listByCase(orgId, caseId, { limit: 2, after: first[1]!.position });
  expect([...first, ...rest].map((one) => one.action)).toEqual(['early', 'middle', 'late']);
});
