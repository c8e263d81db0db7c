import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshOrgId, openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let one: TestRepositories;
beforeAll(async () => {
  one = await openTestRepositories();
});
afterAll(() => one.close());

test('lists every case whole, also where one reading of the parts ends in the middle of it', async () => {
  const orgId = freshOrgId();
  const cases = Array.from({ length: 150 }, (_, index) => `cas_${orgId}_${String(index).padStart(3, '0')}`);
  const parts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const caseId of cases)
    await Promise.all(
      parts.map((part) =>
        one.archiveParts.record({ orgId, caseId, part, manifestSha256: 'x', messageCount: 1, bytes: 1 }),
      ),
    );
  const listed = await one.archiveParts.listByOrganisation(orgId, { limit: 200 });
  expect(listed.map((found) => found[0]?.caseId)).toEqual(cases);
  expect(new Set(listed.map((found) => found.length))).toEqual(new Set([parts.length]));
  const rest = await one.archiveParts.listByOrganisation(orgId, { limit: 200, after: cases[99]! });
  expect(rest.map((found) => found[0]?.caseId)).toEqual(cases.slice(100));
});
