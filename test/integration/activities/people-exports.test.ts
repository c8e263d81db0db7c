import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { writeExports } from '../../../activities/exports/write-exports.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import {
  anOrganisation,
  aPerson,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
afterAll(() => repositories.close());

let exportsFolder = '';
beforeEach(() => {
  exportsFolder = mkdtempSync(join(tmpdir(), 'gangway-exports-'));
});
afterEach(() => rmSync(exportsFolder, { recursive: true, force: true }));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 06:05 in Zurich. */
const MORNING = Date.parse('2024-03-28T05:05:00Z');
const DAILY = { time: '06:00', format: 'csv', keepDays: 2 } as const;

async function anOrganisationWith(overrides: Partial<Organisation> = {}): Promise<string> {
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId, { peopleExport: DAILY, ...overrides }));
  return orgId;
}
const write = (nowMs: number) => writeExports({ repositories, exportsFolder }, nowMs);
const filesOf = (orgId: string): readonly string[] => {
  try {
    return readdirSync(join(exportsFolder, orgId)).toSorted();
  } catch {
    return [];
  }
};

test('writes everybody once a day, from the time on, for the owner of the folder alone', async () => {
  const orgId = await anOrganisationWith();
  for (const firstName of ['Ada', 'Grace']) await repositories.people.insert(aPerson(orgId, { firstName }));
  await write(MORNING - HOUR);
  expect(filesOf(orgId)).toEqual([]);

  await write(MORNING);
  expect(filesOf(orgId)).toEqual(['people-2024-03-28.csv']);
  const file = join(exportsFolder, orgId, 'people-2024-03-28.csv');
  expect(readFileSync(file, 'utf8')).toMatch(/^first_name,last_name,.*\r\nAda,.*\r\nGrace,.*\r\n$/u);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  writeFileSync(file, 'as it was');
  await write(MORNING + HOUR);
  expect(readFileSync(file, 'utf8')).toBe('as it was');
});

test('keeps as many days as wanted, and leaves other files alone', async () => {
  const orgId = await anOrganisationWith();
  for (const days of [0, 1, 2, 3]) await write(MORNING + days * DAY);
  writeFileSync(join(exportsFolder, orgId, 'notes.txt'), '');
  await write(MORNING + 4 * DAY);
  expect(filesOf(orgId)).toEqual([
    'notes.txt',
    'people-2024-03-30.csv',
    'people-2024-03-31.csv',
    'people-2024-04-01.csv',
  ]);
});

test('a disk that refuses one organisation keeps no other from its file, and is tried again', async () => {
  const refused = await anOrganisationWith();
  const orgId = await anOrganisationWith({ peopleExport: { ...DAILY, format: 'xlsx' } });
  // In the place of its folder there is a file.
  writeFileSync(join(exportsFolder, refused), '');
  await expect(write(MORNING)).rejects.toThrow();
  expect(filesOf(orgId)).toEqual(['people-2024-03-28.xlsx']);
  rmSync(join(exportsFolder, refused));
  await write(MORNING + HOUR);
  expect(filesOf(refused)).toEqual(['people-2024-03-28.csv']);
});

test('writes nothing where nobody asked for it', async () => {
  const orgId = freshOrgId();
  await repositories.organisations.insert(anOrganisation(orgId));
  await write(MORNING);
  expect(filesOf(orgId)).toEqual([]);
});
