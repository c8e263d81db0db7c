import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { writeReport } from '../../../activities/reviews/report/write-report.ts';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import { ITSELF } from '../../../shared/domain/ids.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ReportFormat, Review, StoredReport } from '../../../shared/domain/reviews/review.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { aFinding, aReview, decided } from '../../support/findings.ts';
import {
  anOrganisation,
  aPerson,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

const ENDED_AT_MS = Date.UTC(2027, 1, 1, 8, 30);
const FORMATS: readonly ReportFormat[] = ['json', 'csv', 'html'];
let repositories: TestRepositories;
let orgId: string;
let review: Review;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
beforeEach(async () => {
  orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId));
  review = aReview(orgId, { reviewed: { people: 120, accounts: 130 } });
});
afterAll(() => repositories.close());

const write = (more: Partial<TestRepositories> = {}) =>
  writeReport({ repositories: { ...repositories, ...more } }, review, ENDED_AT_MS);
const insert = (...findings: readonly Partial<Finding>[]) =>
  repositories.findings.insertMany(findings.map((more) => aFinding(review, more)));

/** As somebody gets it: every part, held to what was recorded of it. */
async function read(format: ReportFormat, { sha256, bytes, parts }: StoredReport): Promise<string> {
  let text = '';
  for (let number = 1; number <= parts; number += 1)
    text += (await repositories.reviewReports.readPart(orgId, review.id, format, number)) ?? 'missing';
  const stored = Buffer.from(text, 'utf8');
  expect([createHash('sha256').update(stored).digest('hex'), stored.length]).toEqual([sha256, bytes]);
  return text;
}

async function somebody(firstName: string, lastName = 'Leaver'): Promise<string> {
  const person = aPerson(orgId, { firstName, lastName });
  await repositories.people.insert(person);
  return person.id;
}

test('the JSON says what was found, who decided and agreed, and what became of it', async () => {
  const [lea, mona] = [await somebody('Lea'), await somebody('Mona', 'Manager')];
  const ownerId = newId('own');
  const key = newApiKey({ orgId, ownerId, ownerName: 'HR desk', scopes: [], createdAtMs: 0 });
  await repositories.apiKeys.insert(key.key);
  const second = { ownerId, via: 'key', scopes: ['people:*'], atMs: ENDED_AT_MS } as const;
  const by = { ownerId: mona, personId: mona, via: 'link', scopes: ['cases:*'] } as const;
  await insert({
    ...decided({ kind: 'disable' }, { by, second }),
    ...{ personId: lea, reviewerId: mona, state: 'done', nextAtMs: ENDED_AT_MS },
    action: { caseId: 'cas_1', provenAtMs: ENDED_AT_MS, warned: [14, 3] },
  });
  const report = JSON.parse(await read('json', (await write()).json)) as Record<string, unknown>;
  expect(report).toMatchObject({
    ...{ format: 'gangway-review@1', reviewId: review.id, organisation: 'Harbour Ltd', terms: review.terms },
    ...{ endedAt: '2027-02-01T08:30:00.000Z', reviewed: { people: 120, accounts: 130 } },
    ...{ count: 1, openRisks: 0, byState: { done: 1 } },
    byRule: [{ rule: 'inactive', title: 'Account inactive', found: 1, openRisks: 0, byState: { done: 1 } }],
  });
  expect(report['findings']).toMatchObject([
    {
      ...{ rule: 'inactive', person: { id: lea, name: 'Lea Leaver' }, reviewer: { name: 'Mona Manager' } },
      ...{ value: 120, threshold: 90, state: 'done', openRisk: false },
      explanation: 'Nobody signed in for 120 days; 90 days or more are found.',
      decision: {
        ...{ kind: 'disable', reason: 'not needed any more' },
        by: { personId: mona, name: 'Mona Manager', via: 'link' },
        second: { ownerId, name: 'HR desk', via: 'key' },
      },
      ...{ caseId: 'cas_1', provenAt: '2027-02-01T08:30:00.000Z', warnedDaysBefore: [14, 3] },
    },
  ]);
  // Of what somebody may do nothing is told.
  expect(JSON.stringify(report['findings'])).not.toContain('cases:*');
});

test('compares with the review before, by what was found', async () => {
  const previous = aReview(orgId, { state: 'completed', found: { inactive: 3, redirect_old: 2 } });
  await repositories.reviews.insert(previous);
  await insert({ state: 'defaulted' });
  review = { ...review, previousId: previous.id };
  const stored = await write();
  const { byRule } = JSON.parse(await read('json', stored.json)) as { readonly byRule: unknown };
  expect(byRule).toMatchObject([
    { rule: 'inactive', found: 1, foundBefore: 3, openRisks: 1 },
    { rule: 'redirect_old', found: 0, foundBefore: 2, openRisks: 0, byState: {} },
  ]);
  expect(await read('html', stored.html)).toMatch(
    /Account inactive<\/th>\s*<td>1<\/td><td>3<\/td><td>−2<\/td>/u,
  );
});

test('no text of a CSV is carried out by a spreadsheet', async () => {
  const personId = await somebody('=1+1');
  const reason = '=HYPERLINK("http://outside.example")';
  await insert({ ...decided({ kind: 'attest', proof: '+41 000' }, { reason }), personId, state: 'attested' });
  const lines = (await read('csv', (await write()).csv)).split('\r\n');
  expect(lines[0]).toMatch(/^\ufefffinding,rule,person_id,name,/u);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`,'=1+1 Leaver,`);
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://outside.example"")"`);
  expect(lines[1]).toContain(`,'+41 000,`);
});

test('the page escapes every text, has nothing that runs, and names open risks before everything else', async () => {
  const [kept, open] = [await somebody('Kept'), await somebody('<script>alert(1)</script>')];
  const reason = 'stays "as is" <img src=x onerror=alert(2)>';
  const withdrawn = { withdrawnFor: 'SIGNED_IN' } as const;
  await insert(
    { ...decided({ kind: 'keep', until: '2027-12-01' }, { reason }), personId: kept, state: 'kept' },
    { personId: open, state: 'defaulted' },
    { ...decided({ kind: 'disable' }), state: 'withdrawn', action: withdrawn, account: ACCOUNT },
    { ...decided({ kind: 'disable' }), state: 'withdrawn', action: { withdrawnFor: 'CASE_CANCELLED' } },
    {
      ...decided({ kind: 'disable' }, { by: { ownerId: ITSELF, via: 'key', scopes: [] } }),
      ...{ state: 'refused', action: { fault: { code: 'LAST_ADMINISTRATOR', atMs: 0 } } },
    },
  );
  const page = await read('html', (await write()).html);
  expect(page).not.toMatch(/<script|<img|javascript:/u);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('&lt;img src=x onerror=alert(2)&gt;');
  const places = [
    'Open risks (3)',
    'LAST_ADMINISTRATOR',
    'nobody decided in time',
    'the case was called off',
  ];
  places.push('Everything else (2)');
  const found = places.map((text) => page.lastIndexOf(text));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found[0]).toBeGreaterThan(0);
  expect(page).toContain('Gangway (own_gangway)');
  expect(page).toContain('somebody signed in');
});
const ACCOUNT = { target: 'directory', accountId: 'acc_1' };

test('is written again after a crash with the same bytes; what another name changed is replaced', async () => {
  const personId = await somebody('Lea');
  await insert({ personId, state: 'defaulted' });
  const first = await write();
  expect(await write()).toEqual(first);
  const { people, reviewReports } = repositories;
  const person = (await people.get(orgId, personId))!;
  await people.update(orgId, personId, person.rev, { lastName: 'Keeper' });
  const dying = {
    ...reviewReports,
    replacePart: (part: Parameters<typeof reviewReports.replacePart>[0]) =>
      part.format === 'csv' ? Promise.reject(new StoreUnavailable('lost')) : reviewReports.replacePart(part),
  };
  await expect(write({ reviewReports: dying })).rejects.toThrow(StoreUnavailable);
  const again = await write();
  for (const format of FORMATS) {
    expect(again[format].sha256).not.toBe(first[format].sha256);
    expect(await read(format, again[format])).toContain('Lea Keeper');
  }
});

test('of many findings the page lists those that count most, and says so; the others have all', async () => {
  const many = 2_100;
  const ids = Array.from({ length: many }, (_, number) => `fnd_${String(number).padStart(6, '0')}`);
  // The last ones are the risks, and the middle ones came to nothing.
  const stateOf = (number: number) =>
    number >= 2_080 ? 'defaulted' : number >= 1_000 ? 'withdrawn' : 'attested';
  await insert(
    ...ids.map((id, number): Partial<Finding> => ({
      ...{ id: `${id}${review.id.slice(-12)}`, state: stateOf(number), about: 'x'.repeat(200) },
      ...(stateOf(number) === 'withdrawn' ? { action: { withdrawnFor: 'SIGNED_IN' } } : {}),
    })),
  );
  const stored = await write();
  const page = await read('html', stored.html);
  expect(page).toContain('Open risks (20)');
  expect(page).toContain('Everything else (1980)');
  expect(page).toMatch(/lists 2000 of 2100\s+findings/u);
  expect(stored.json.parts).toBeGreaterThan(1);
  const { findings } = JSON.parse(await read('json', stored.json)) as {
    readonly findings: readonly unknown[];
  };
  expect(findings).toHaveLength(many);
  expect((await read('csv', stored.csv)).trimEnd().split('\r\n')).toHaveLength(many + 1);
});

test('a review that found nothing has a report that says so', async () => {
  const stored = await write();
  expect(JSON.parse(await read('json', stored.json))).toMatchObject({ count: 0, byRule: [], findings: [] });
  expect(await read('html', stored.html)).toContain('There is none.');
  expect((await read('csv', stored.csv)).split('\r\n')).toHaveLength(2);
});
