import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshOrgId, openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let one: TestRepositories;
let other: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
  other = await openTestRepositories();
});
afterAll(async () => {
  await one.close();
  await other.close();
});

const NOW_MS = 1_700_000_000_000;
const freshClaim = (): { readonly orgId: string; readonly id: string } => {
  const orgId = freshOrgId();
  return { orgId, id: `addr:${orgId}:ada@harbour.example` };
};

test('gives a name to exactly one of forty holders who ask at once over two connections', async () => {
  const { orgId, id } = freshClaim();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? one : other).claims.take(id, orgId, `per_${index}`, NOW_MS),
    ),
  );
  expect(answers.filter((answer) => answer.kind === 'taken')).toHaveLength(1);
  const holders = answers.flatMap((answer) => (answer.kind === 'held' ? [answer.holderId] : []));
  expect(holders).toHaveLength(39);
  expect(new Set(holders).size).toBe(1);
});

test('tells a holder who asks again that the name is theirs already', async () => {
  const { orgId, id } = freshClaim();
  await one.claims.take(id, orgId, 'per_a', NOW_MS);
  expect(await one.claims.take(id, orgId, 'per_a', NOW_MS)).toEqual({ kind: 'already' });
});

test('gives many names at once as it gives one, whoever had them before', async () => {
  const orgId = freshOrgId();
  const holderId = 'per_a';
  const untilMs = NOW_MS + 1_000;
  const nameOf = (what: string): string => `addr:${orgId}:${what}@harbour.example`;
  await one.claims.take(nameOf('own'), orgId, holderId, NOW_MS);
  await one.claims.take(nameOf('held'), orgId, 'per_b', NOW_MS);
  for (const [what, before] of [
    ['own-quarantined', holderId],
    ['quarantined', 'per_b'],
  ] as const)
    await one.claims.quarantine(nameOf(what), orgId, before, untilMs);
  const names = ['free', 'own', 'held', 'own-quarantined', 'quarantined'];
  const wanted = names.map((what) => ({ claimId: nameOf(what), holderId }));
  const kinds = async (asOfMs: number): Promise<readonly unknown[]> => {
    const taken = await one.claims.takeMany(wanted, orgId, asOfMs);
    return wanted.map(({ claimId }) => taken.get(claimId)?.kind);
  };
  expect(await kinds(NOW_MS)).toEqual(['taken', 'already', 'held', 'taken', 'held']);
  expect(await kinds(untilMs)).toEqual(['already', 'already', 'held', 'already', 'taken']);
  expect(await one.claims.get(nameOf('held'), orgId)).toEqual({ holderId: 'per_b', state: 'held' });
});

test('is released by its holder only', async () => {
  const { orgId, id } = freshClaim();
  await one.claims.take(id, orgId, 'per_a', NOW_MS);
  expect(await one.claims.release(id, orgId, 'per_b')).toBe(false);
  expect(await one.claims.take(id, orgId, 'per_b', NOW_MS)).toEqual({ kind: 'held', holderId: 'per_a' });
  expect(await one.claims.release(id, orgId, 'per_a')).toBe(true);
  expect(await one.claims.take(id, orgId, 'per_b', NOW_MS)).toEqual({ kind: 'taken' });
});

test('keeps a quarantined name from others until the quarantine is over', async () => {
  const { orgId, id } = freshClaim();
  const untilMs = NOW_MS + 1_000;
  await one.claims.take(id, orgId, 'per_a', NOW_MS);
  expect(await one.claims.quarantine(id, orgId, 'per_a', untilMs)).toEqual({ kind: 'quarantined' });
  expect(await one.claims.take(id, orgId, 'per_b', untilMs - 1)).toEqual({ kind: 'held', holderId: 'per_a' });
  expect(await one.claims.take(id, orgId, 'per_b', untilMs)).toEqual({ kind: 'taken' });
  expect(await one.claims.get(id, orgId)).toEqual({ holderId: 'per_b', state: 'held' });
});

test('gives a quarantined name back to its former holder at once', async () => {
  const { orgId, id } = freshClaim();
  await one.claims.take(id, orgId, 'per_a', NOW_MS);
  await one.claims.quarantine(id, orgId, 'per_a', NOW_MS + 1_000_000);
  expect(await one.claims.take(id, orgId, 'per_a', NOW_MS)).toEqual({ kind: 'taken' });
});

test('does not lift a quarantine by a late release', async () => {
  const { orgId, id } = freshClaim();
  await one.claims.take(id, orgId, 'per_a', NOW_MS);
  await one.claims.quarantine(id, orgId, 'per_a', NOW_MS + 1_000);
  expect(await one.claims.release(id, orgId, 'per_a')).toBe(false);
  expect((await one.claims.get(id, orgId))?.state).toBe('quarantined');
});

test('quarantines a name that nobody had claimed, and leaves one that belongs to somebody else', async () => {
  const { orgId, id } = freshClaim();
  expect(await one.claims.quarantine(id, orgId, 'per_a', NOW_MS + 1)).toEqual({ kind: 'quarantined' });
  const held = freshClaim();
  await one.claims.take(held.id, held.orgId, 'per_b', NOW_MS);
  expect(await one.claims.quarantine(held.id, held.orgId, 'per_a', NOW_MS + 1)).toEqual({
    kind: 'held',
    holderId: 'per_b',
  });
});

test('finds many names at once, and everything one holder has', async () => {
  const { orgId } = freshClaim();
  const [ada = '', bea = '', eve = ''] = ['ada', 'bea', 'eve'].map(
    (name) => `addr:${orgId}:${name}@b.example`,
  );
  await one.claims.take(ada, orgId, 'per_a', NOW_MS);
  await one.claims.quarantine(bea, orgId, 'per_a', NOW_MS + 1);
  expect([...(await one.claims.getMany([ada, bea, eve], orgId))]).toEqual([
    [ada, { holderId: 'per_a', state: 'held' }],
    [bea, { holderId: 'per_a', state: 'quarantined', untilMs: NOW_MS + 1 }],
  ]);
  expect(await one.claims.getMany([ada], freshOrgId())).toEqual(new Map());
  expect(await one.claims.getMany([], orgId)).toEqual(new Map());
  await one.claims.take(eve, orgId, 'per_e', NOW_MS);
  expect(await one.claims.listOf('per_a', orgId, 10)).toEqual([ada, bea]);
  expect(await one.claims.listOf('per_a', orgId, 1)).toEqual([ada]);
});
